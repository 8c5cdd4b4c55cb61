import classes from './script-preview.module.css';

interface Step {
  title: string;
  parts: { at: number; text: string; isField: boolean }[];
}

/** A script as agents see it: a step for each heading, with merge fields highlighted. */
export function ScriptPreview({ script }: { script: string }) {
  return (
    <section className={classes.preview} aria-label="Script preview">
      {stepsOf(script).map(({ title, parts }, at) => (
        <div key={title}>
          <h3 className={classes.step}>
            {at + 1}. {title}
          </h3>
          <p className={classes.words}>
            {parts.map((part) => (part.isField ? <strong key={part.at}>{part.text}</strong> : part.text))}
          </p>
        </div>
      ))}
    </section>
  );
}

function stepsOf(script: string): Step[] {
  return `\n${script.trim()}`
    .split(/\n## +/)
    .filter((step) => step.trim() !== '')
    .map((step, at) => {
      const isHeaded = at > 0 || script.trimStart().startsWith('## ');
      const [title = '', ...lines] = isHeaded ? step.split('\n') : ['Script', step];
      return { title, parts: partsOf(lines.join('\n').trim()) };
    });
}

function partsOf(text: string): Step['parts'] {
  return text.split(/(\{\{[^}]+\}\})/).map((part, at) => {
    const isField = part.startsWith('{{');
    return { at, isField, text: isField ? part.slice(2, -2).trim() : part };
  });
}
