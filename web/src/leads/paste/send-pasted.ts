import { api, body } from '../../api/client.ts';
import type { Dialect } from '../../app/dialects.ts';
import type { PastedRequest } from './read-curl.ts';

/** What this server answered to a pasted request, and the lead that came of it. */
export interface Answered {
  status: number;
  text: string;
  lead?: { id: string; name: string | null };
}

/** Headers of a copied command that the browser sets itself or that must not be sent. */
const own = /^(host|cookie|origin|referer|user-agent|content-length|connection|accept-encoding|sec-.*|proxy-.*)$/;

/** Sends a request to this server, as its sender would: without the session of whoever is signed in. */
export async function sendPasted(request: PastedRequest): Promise<Answered> {
  const { method, target, headers, body: payload } = request;
  // The path may begin with two slashes, which a browser would take for the name of another server.
  const url = new URL(location.origin);
  const at = target.indexOf('?');
  url.pathname = at < 0 ? target : target.slice(0, at);
  url.search = at < 0 ? '' : target.slice(at);
  const answer = await fetch(url, {
    method,
    headers: Object.entries(headers).filter(([name]) => !own.test(name)),
    ...(payload !== undefined && { body: payload }),
    credentials: 'omit',
    redirect: 'error',
  });
  const text = pretty(await answer.text());
  const lead = await leadOf(answer.headers.get('leadwell-request-id'));
  return { status: answer.status, text, ...(lead && { lead }) };
}

/** The lead of a request in the journal, if the request was kept and has one. */
async function leadOf(id: string | null): Promise<Answered['lead']> {
  if (id === null) return undefined;
  const query = { request_id: id, limit: 1 } as const;
  const [stored] = (await body(api.GET('/v1/submissions', { params: { query } }))).data;
  return stored?.lead_id ? { id: stored.lead_id, name: stored.lead_name } : undefined;
}

/** The secret of a new token for an API. */
export async function newToken({ name }: Dialect): Promise<string> {
  return (await body(api.POST('/v1/tokens', { body: { dialect: name, name: 'Pasted request' } }))).token;
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
