import { expect, test } from 'vitest';
import { parseJson } from './json-text.ts';

test('numbers that JavaScript cannot represent digit for digit are also kept as text', () => {
  const numbers =
    '[4.47911E+11,1.10e2,7615917337495251231,120210000000000123,-9007199254740993,1.10,0.0,2.50,12345678.123456789012]';
  expect(parseJson(`{"a":${numbers},"1.10":"2.50 \\"3.10\\" 7615917337495251231"}`)).toMatchObject({
    exact: { a: numbers.slice(1, -1).split(','), '1.10': '2.50 "3.10" 7615917337495251231' },
  });
  expect(parseJson('[1.1,1.10,5]')).toEqual({ kind: 'json', value: [1.1, 1.1, 5], exact: [1.1, '1.10', 5] });
  expect(parseJson(' 120210000000000123 ')).toMatchObject({ exact: '120210000000000123' });
});

test.each(['9007199254740991', '-0', '1.5', '[1.25,10,100]', '{"1.10":"7615917337495251231"}'])(
  'text whose numbers JavaScript represents exactly gets no second copy: %s',
  (text) => {
    expect(parseJson(text)).toEqual({ kind: 'json', value: JSON.parse(text) });
  },
);
