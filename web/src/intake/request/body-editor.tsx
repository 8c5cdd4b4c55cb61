import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { RequestPage } from '../api/get-request.ts';
import classes from './body-editor.module.css';
import { formatJson, type Mark, moveMarks } from './format-json.ts';
import { PairsEditor } from './pairs-editor.tsx';

interface Props {
  page: RequestPage;
  canEdit: boolean;
  /** Called with undefined when the body is again as it was sent. */
  onChange: (text: string | undefined) => void;
}

/** Edits the body: as text with the invalid values marked, or as rows of a form. */
export function BodyEditor({ page: { request, errors: faults }, canEdit, onChange }: Props) {
  const { body, body_kind, body_base64 } = request;
  const ofBody = faults.filter(({ part }) => part !== 'query');
  if (body_base64)
    return <p className="muted">The body is not text ({body_base64.length.toLocaleString()} characters of Base64).</p>;
  if (body === null) return <p className="muted">The body is not shown because it contained a password.</p>;
  if (body_kind === 'none') return <p className="muted">The request had no body.</p>;
  if (body_kind === 'form') return <PairsEditor text={body} faults={ofBody} canEdit={canEdit} onChange={onChange} />;
  return <TextEditor body={body} marks={ofBody.flatMap(markOf)} canEdit={canEdit} onChange={onChange} />;
}

function markOf({ start, end }: { start: number | null; end: number | null }): Mark[] {
  return start === null || end === null ? [] : [{ start, end }];
}

interface TextProps extends Pick<Props, 'canEdit' | 'onChange'> {
  body: string;
  marks: readonly Mark[];
}

/** A plain text area in front of a copy of its text that shows the marks, because a text area cannot show any. */
function TextEditor({ body, marks, canEdit, onChange }: TextProps) {
  const first = useMemo(() => formatJson({ text: body, marks }), [body, marks]);
  const [text, setText] = useState(first.text);
  const area = useRef<HTMLTextAreaElement>(null);
  const shown = moveMarks(first, text);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const { current } = area;
    if (!current) return;
    current.style.height = 'auto';
    current.style.height = `${current.scrollHeight + 2}px`;
  }, [text]);
  const change = (now: string) => {
    setText(now);
    onChange(now === first.text ? undefined : now);
  };
  return (
    // The request itself stays as it was sent, so an abandoned correction loses nothing.
    <div className={classes.editor} data-readonly={!canEdit || undefined} data-kept>
      <div aria-hidden className={classes.behind}>
        {pieces(text, shown)}
      </div>
      <textarea
        ref={area}
        aria-label="Body of the request"
        className={classes.area}
        value={text}
        readOnly={!canEdit}
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        onChange={({ currentTarget }) => change(currentTarget.value)}
      />
    </div>
  );
}

function pieces(text: string, marks: readonly Mark[]) {
  const inOrder = [...marks].sort((a, b) => a.start - b.start);
  let from = 0;
  const parts = inOrder.flatMap(({ start, end }) => {
    if (start < from) return [];
    const piece = [text.slice(from, start), <mark key={start}>{text.slice(start, end)}</mark>];
    from = end;
    return piece;
  });
  // Without the extra line break the copy would be one line shorter than the text area.
  return [...parts, `${text.slice(from)}\n`];
}
