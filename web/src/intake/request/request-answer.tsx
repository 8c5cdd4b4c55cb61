import type { RequestPage } from '../api/get-request.ts';
import { formatJson } from './format-json.ts';
import classes from './raw-text.module.css';
import { RawText } from './raw-text.tsx';

/** The response that the sender got. */
export function Answer({ page: { answer, answer_bytes, status_code, request } }: { page: RequestPage }) {
  const { text } = formatJson({ text: answer, marks: [] });
  const isCut = answer.length > 0 && answer_bytes > new TextEncoder().encode(answer).length;
  return (
    <>
      <div>
        <h3 className={classes.title}>Response</h3>
        <RawText label="Response">
          {status_code} {text || '(nothing)'}
          {isCut && `\n… ${answer_bytes.toLocaleString()} bytes in total`}
        </RawText>
      </div>
      <details className={classes.more}>
        <summary>Headers</summary>
        <RawText label="Headers">
          {Object.entries(request.headers)
            .map(([name, value]) => `${name}: ${String(value)}`)
            .join('\n') || '(none stored)'}
        </RawText>
      </details>
    </>
  );
}
