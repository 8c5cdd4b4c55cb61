import type { Finding } from '../backup/checks-store.ts';
import type { Output } from './output.ts';

/** Prints findings as they arrive and returns them all. */
export async function collect(findings: AsyncIterable<Finding>, screen: Output): Promise<Finding[]> {
  const all: Finding[] = [];
  for await (const finding of findings) {
    all.push(finding);
    screen.say(lineOf(finding));
  }
  return all;
}

function lineOf({ name, differences, ids }: Finding): string {
  if (differences === 0) return `ok    ${name}`;
  return `FAIL  ${name}: ${differences} wrong (${ids.join(', ')}${differences > ids.length ? ', ...' : ''})`;
}
