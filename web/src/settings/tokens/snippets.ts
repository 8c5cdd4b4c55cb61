import type { Shape } from '../../api/client.ts';

type Example = Shape<'TokenSpec'>['example'];

/** The languages of the example requests. */
export const languages = ['curl', 'PHP', 'JavaScript', 'Python'] as const;
export type Language = (typeof languages)[number];

/** The example request in a language, with `secret` in place of the placeholder. */
export function snippet(language: Language, example: Example, placeholder: string, secret = placeholder): string {
  return writers[language](example).replaceAll(placeholder, secret);
}

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const writers: Readonly<Record<Language, (example: Example) => string>> = {
  curl: ({ curl }) => curl,
  PHP: ({ method, url, headers, body }) =>
    [
      '<?php',
      `$request = curl_init(${quoted(url)});`,
      'curl_setopt_array($request, [',
      `    CURLOPT_CUSTOMREQUEST => ${quoted(method)},`,
      '    CURLOPT_RETURNTRANSFER => true,',
      ...list('    CURLOPT_HTTPHEADER => [', headers, ([name, value]) => quoted(`${name}: ${value}`), '],'),
      ...(body === null ? [] : [`    CURLOPT_POSTFIELDS => ${quoted(body)},`]),
      ']);',
      'echo curl_exec($request);',
    ].join('\n'),
  JavaScript: ({ method, url, headers, body }) =>
    [
      `const response = await fetch(${JSON.stringify(url)}, {`,
      `  method: ${JSON.stringify(method)},`,
      ...list('  headers: {', headers, ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`, '},'),
      ...(body === null ? [] : [`  body: ${JSON.stringify(body)},`]),
      '});',
      'console.log(response.status, await response.text());',
    ].join('\n'),
  Python: ({ method, url, headers, body }) =>
    [
      'from urllib.request import Request, urlopen',
      '',
      'request = Request(',
      `    ${JSON.stringify(url)},`,
      `    method=${JSON.stringify(method)},`,
      ...list('    headers={', headers, ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`, '},'),
      ...(body === null ? [] : [`    data=${JSON.stringify(body)}.encode(),`]),
      ')',
      'print(urlopen(request).read().decode())',
    ].join('\n'),
};

function list(
  open: string,
  headers: Readonly<Record<string, string>>,
  word: (header: [string, string]) => string,
  close: string,
): string[] {
  const all = Object.entries(headers).map(word);
  return all.length === 0 ? [] : [`${open}${all.join(', ')}${close}`];
}
