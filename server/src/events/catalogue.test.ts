import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Value from 'typebox/value';
import { expect, test } from 'vitest';
import { projectRoot } from '../platform/project-root.ts';
import { catalogue, eventTypes } from './catalogue.ts';
import { eventsText } from './document.ts';

test('docs/events.md matches the catalogue; `npm run events` writes it', () => {
  expect(readFileSync(join(projectRoot(), 'docs', 'events.md'), 'utf8')).toBe(eventsText());
});

test.each(eventTypes)('%s is described in a sentence, and its example matches its schema', (type) => {
  const { about, data, example } = catalogue[type];
  expect(about).toMatch(/^[A-Z].*\.$/);
  expect(Value.Errors(data, example)).toEqual([]);
  expect(Value.Check(data, { ...example, more: 1 })).toBe(false);
});

test('no event has a field for personal data', () => {
  const personal = /^(name|first_name|last_name|phone|email|address|text|note|description|contact)$/;
  const names = eventTypes.flatMap((type) => Object.keys(catalogue[type].data.properties));
  expect(names.filter((name) => personal.test(name))).toEqual([]);
});
