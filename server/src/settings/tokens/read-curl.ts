/** A request parsed from a curl command. */
export interface ExampleRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | null;
}

/** Parses the simple curl commands that dialects give as examples: -X, -H, -d and the URL. */
export function readCurl(command: string): ExampleRequest {
  const request: ExampleRequest = { method: 'GET', url: '', headers: {}, body: null };
  const words = shellWords(command);
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('-')) request.url = word;
    else if (takesValue.has(word)) {
      at += 1;
      take(request, word, words[at] ?? '');
    }
  }
  return request;
}

const takesValue: ReadonlySet<string> = new Set(['-X', '-H', '-d']);

function take(request: ExampleRequest, option: string, value: string): void {
  if (option === '-X') request.method = value;
  else if (option === '-d') request.body = value;
  else {
    const colon = value.indexOf(':');
    request.headers[value.slice(0, colon).trim()] = value.slice(colon + 1).trim();
  }
}

/** Splits a command into words as a POSIX shell does, without the quotes. */
function shellWords(command: string): string[] {
  const words = command.replace(/\\\n/g, ' ').match(/(?:'[^']*'|\\'|[^\s'])+/g) ?? [];
  return words.map((word) => word.replace(/'([^']*)'|\\'/g, (_whole, inner?: string) => inner ?? "'"));
}
