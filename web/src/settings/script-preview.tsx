import classes from './script-preview.module.css';

/** A script as agents see it: a step for each heading of the second level. */
export function ScriptPreview({ script }: { script: string }) {
  const steps = script
    .split(/^## +/m)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (steps.length === 0) return null;
  const isHeaded = /^## +/.test(script.trimStart());
  return (
    <section className={classes.preview} aria-label="How agents see it">
      {steps.map((step, at) => {
        const [first = '', ...rest] = step.split('\n');
        const title = isHeaded || at > 0 ? first : 'Script';
        const lines = isHeaded || at > 0 ? rest : [first, ...rest];
        return (
          <div key={`${at}-${title}`}>
            <h3 className={classes.step}>
              {at + 1}. {title}
            </h3>
            <p className={classes.words}>{merged(lines.join('\n').trim())}</p>
          </div>
        );
      })}
    </section>
  );
}

/** Fields of the lead stand out. */
function merged(text: string) {
  return text
    .split(/(\{\{[^}]+\}\})/)
    .map((part, at) =>
      part.startsWith('{{') ? <strong key={`${at}-${part}`}>{part.slice(2, -2).trim()}</strong> : part,
    );
}
