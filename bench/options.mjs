import { parseArgs } from 'node:util';

/**
 * Reads the options of the command line. `usual` names each with its usual value, which also says what it takes: a
 * number, a text, or nothing (false).
 */
export function readOptions(usual) {
  const named = Object.entries(usual).map(([name, value]) => [name, { type: value === false ? 'boolean' : 'string' }]);
  const { values } = parseArgs({ options: Object.fromEntries(named) });
  const given = Object.entries(values).map(([name, value]) => [
    name,
    typeof usual[name] === 'number' ? Number(value) : value,
  ]);
  return { ...usual, ...Object.fromEntries(given) };
}
