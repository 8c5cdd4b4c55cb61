import type { ExchangeReply, ExchangeRequest, Failure, Scenario, Step } from './exchange.ts';
import { type Difference, differences } from './match-reply.ts';

/** The environment a scenario runs in. */
export interface RunContext {
  /** The dialect whose folder holds the scenario. */
  dialect: string;
  /** A token for each dialect; `native` is an administrator's token for our own API. */
  tokens: Readonly<Record<string, string>>;
}

type Send = (request: ExchangeRequest) => Promise<ExchangeReply>;
type Variables = Map<string, unknown>;

/**
 * Runs a scenario in order and returns the differences from the recording. It sends only through `send`, so it can run
 * against any host.
 */
export async function runScenario(scenario: Scenario, send: Send, setting: RunContext): Promise<Failure[]> {
  const saved: Variables = new Map();
  const failures: Failure[] = [];
  for (const [index, step] of scenario.steps.entries()) {
    const variables = variablesOf(step, setting, saved);
    const reply = await send(outgoing(step, setting, variables));
    const { wrong, body } = compare(step, reply, variables);
    for (const [name, path] of Object.entries(step.keep ?? {})) saved.set(name, valueAt(body, path));
    const request = `${step.request.method} ${step.request.url}`;
    failures.push(...wrong.map((difference) => ({ step: index + 1, request, ...difference })));
  }
  return failures;
}

/** Formats a failure for people to read. */
export function describeFailure({ step, request, at, expected, actual }: Failure): string {
  return `Step ${step}, ${request}: ${at} should be ${JSON.stringify(expected)}, was ${JSON.stringify(actual)}.`;
}

function variablesOf(step: Step, { dialect, tokens }: RunContext, kept: Variables): Variables {
  const named = Object.entries(tokens).map(([name, token]) => [`token:${name}`, token] as const);
  return new Map<string, unknown>([...kept, ...named, ['token', tokens[step.request.as ?? dialect]]]);
}

function outgoing({ request }: Step, { dialect }: RunContext, variables: Variables): ExchangeRequest {
  const { as = dialect, method, url } = request;
  const headers = Object.fromEntries(
    Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), inText(value, variables)]),
  );
  const line = { as, method, url: inText(url, variables) };
  if (request.text !== undefined) return { ...line, headers, text: inText(request.text, variables) };
  if (request.body === undefined) return { ...line, headers };
  const text = JSON.stringify(inValue(request.body, variables));
  return { ...line, headers: { 'content-type': 'application/json', ...headers }, text };
}

function compare({ reply }: Step, actual: ExchangeReply, variables: Variables): { wrong: Difference[]; body: unknown } {
  const wrong = differences(reply.status, actual.status, 'status');
  for (const [name, value] of Object.entries(reply.headers ?? {}))
    wrong.push(...differences(inText(value, variables), actual.headers[name.toLowerCase()], `headers.${name}`));
  const body = parse(actual.text);
  if (reply.body !== undefined) wrong.push(...differences(inValue(reply.body, variables), body, 'body'));
  return { wrong, body };
}

/** Parses a reply. Text that is not JSON is returned as it is, and so shows up as a difference. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Double braces around anything but a variable stay as they are, because clients do send such text. */
function inText(text: string, variables: Variables): string {
  return text.replace(/\{\{([\w:-]+)\}\}/g, (whole, name: string) =>
    variables.has(name) ? String(variables.get(name)) : whole,
  );
}

/** A string that is just one variable takes on the variable's type. */
function inValue(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') {
    const name = /^\{\{([\w:-]+)\}\}$/.exec(value)?.[1];
    return name !== undefined && variables.has(name) ? variables.get(name) : inText(value, variables);
  }
  if (Array.isArray(value)) return value.map((item) => inValue(item, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inValue(item, variables)]));
}

function valueAt(body: unknown, path: string): unknown {
  let value = body;
  for (const name of path.split('.'))
    value = typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
  return value;
}
