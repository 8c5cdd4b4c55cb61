import { expect, test } from 'vitest';
import { readScript } from './script.ts';

test('headings divide a script into steps', () => {
  const steps = readScript('## Opening\nHello\n\n## Needs\nWhat do you need?', {});
  expect(steps.map(({ name }) => name)).toEqual(['Opening', 'Needs']);
});

test('a script without headings is one step', () => {
  expect(readScript('Hello there', {})).toEqual([
    { name: 'Script', lines: [{ kind: 'words', pieces: [{ kind: 'text', text: 'Hello there' }] }] },
  ]);
  expect(readScript('', {})).toEqual([]);
});

test('fields are replaced by what is known, and marked as missing otherwise', () => {
  const [step] = readScript('Hello {{ first_name }} of **{{company_name}}** and {{city}}, **now**', {
    first_name: 'Ann',
  });
  expect(step?.lines[0]).toEqual({
    kind: 'words',
    pieces: [
      { kind: 'text', text: 'Hello ' },
      { kind: 'value', text: 'Ann' },
      { kind: 'text', text: ' of ' },
      { kind: 'missing', text: 'company name' },
      { kind: 'text', text: ' and ' },
      { kind: 'missing', text: 'city' },
      { kind: 'text', text: ', ' },
      { kind: 'strong', text: 'now' },
    ],
  });
});

test('a point with an arrow is a link to another step', () => {
  const [step] = readScript('- Say hello\n- Yes -> Needs\n- Not now → Call back', {});
  expect(step?.lines.map(({ kind }) => kind)).toEqual(['point', 'link', 'link']);
  expect(step?.lines[2]).toEqual({ kind: 'link', label: 'Not now', to: 'Call back' });
});
