/** What a message says, before it is rendered as text or HTML. Paths are on this server: `/leads/lead_...`. */
export interface MailBody {
  paragraphs: readonly string[];
  items?: readonly MailItem[];
  /** Without a `path`, the button leads to a link that is created for the recipient when the message is sent. */
  button?: { label: string; path?: string };
  /** Why the recipient gets this. */
  footer?: string;
}

/** A line of a list, with an optional link. */
export interface MailItem {
  text: string;
  detail?: string;
  path?: string;
}

/** The URLs in a message. */
export interface MailLinks {
  /** The server's URL, without a slash at the end. */
  base: string;
  /** URL of the button; null if it has not been created yet. */
  button: string | null;
  /** URL that unsubscribes from this kind of mail; null if it cannot be switched off. */
  unsubscribe: string | null;
}

/** Shown in place of a link that is not created until the message is sent. */
const LINK_LATER = '(a personal link, created when the message is sent)';

/** The plain text of a message, which is complete without the HTML. */
export function textOf(body: MailBody, links: MailLinks): string {
  const blocks = [
    ...body.paragraphs,
    ...(body.items?.length ? [body.items.map((item) => itemText(item, links)).join('\n')] : []),
    ...(body.button ? [`${body.button.label}:\n${links.button ?? LINK_LATER}`] : []),
  ];
  const end = [body.footer, links.unsubscribe && `Unsubscribe from mail of this kind: ${links.unsubscribe}`].filter(
    Boolean,
  );
  return `${[...blocks, ...(end.length > 0 ? [`-- \n${end.join('\n')}`] : [])].join('\n\n')}\n`;
}

function itemText({ text, detail, path }: MailItem, { base }: MailLinks): string {
  return `- ${text}${detail ? ` (${detail})` : ''}${path ? `\n  ${base}${path}` : ''}`;
}

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const text = `${font};font-size:16px;line-height:1.5`;

/** The HTML of a message: one column, without images, readable where styles are ignored and in dark mode. */
export function htmlOf(subject: string, body: MailBody, links: MailLinks): string {
  const parts = [
    ...body.paragraphs.map((paragraph) => `<p style="margin:0 0 16px">${lines(paragraph)}</p>`),
    ...(body.items?.length
      ? [
          `<ul style="margin:0 0 16px;padding-left:20px">${body.items.map((item) => itemHtml(item, links)).join('')}</ul>`,
        ]
      : []),
    ...(body.button ? [buttonHtml(body.button.label, links.button)] : []),
  ];
  const end = [
    ...(body.footer ? [lines(body.footer)] : []),
    ...(links.unsubscribe ? [anchor(links.unsubscribe, 'Unsubscribe from mail of this kind', 'color:inherit')] : []),
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${escaped(subject)}</title></head>
<body style="margin:0;padding:24px 16px;${text}"><div style="max-width:560px;margin:0 auto">
${parts.join('\n')}
${end.length > 0 ? `<p style="margin:24px 0 0;font-size:13px;opacity:.75">${end.join('<br>')}</p>` : ''}
</div></body></html>
`;
}

function itemHtml({ text, detail, path }: MailItem, { base }: MailLinks): string {
  const name = path ? anchor(base + path, text, 'color:#1c7ed6') : escaped(text);
  return `<li style="margin:0 0 8px">${name}${detail ? `<br><span style="font-size:14px;opacity:.8">${lines(detail)}</span>` : ''}</li>`;
}

function buttonHtml(label: string, url: string | null): string {
  if (url === null) return `<p style="margin:0 0 16px">${escaped(label)}: ${escaped(LINK_LATER)}</p>`;
  const style =
    'display:inline-block;padding:10px 20px;border-radius:6px;background:#1c7ed6;color:#fff;text-decoration:none';
  return `<p style="margin:0 0 16px">${anchor(url, label, style)}</p>`;
}

function anchor(url: string, label: string, style: string): string {
  return `<a href="${escaped(url)}" style="${style}">${escaped(label)}</a>`;
}

function lines(text: string): string {
  return escaped(text).replaceAll('\n', '<br>');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
