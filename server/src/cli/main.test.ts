import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { StartTimes } from '../platform/start-report.ts';
import { rateDisk, rateStart } from './doctor-machine.ts';
import { commands, main } from './main.ts';
import { nameOf } from './usage.ts';

async function run(line: string, env: Record<string, string> = { DATA_DIR: '/nowhere/leadwell' }) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await main(line.split(' ').filter(Boolean), {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    stdin: Readable.from([]),
    readConfig: () => readConfig(env),
  });
  return { code, out: out.join(''), err: err.join('') };
}

/** What a command that fails with this exit code prints on stderr. */
async function complaint(line: string, exitCode: number): Promise<string> {
  const { code, out, err } = await run(line);
  expect({ code, out }).toEqual({ code: exitCode, out: '' });
  return err;
}

describe('help', () => {
  test('names every command', async () => {
    const { code, out, err } = await run('--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const command of commands) expect(out).toContain(`${nameOf(command).padEnd(16)}  ${command.about}`);
  });

  test.each(commands.map(nameOf))('is available for %s', async (name) => {
    const { code, out } = await run(`${name} --help`);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^leadwell ${name}.*\\[--json\\]\\n  [A-Z].*\\.\\n$`));
  });

  test('shows the version', async () => {
    expect(await run('--version')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^leadwell \d+\.\d+\.\d+, Node\.js v/),
    });
  });
});

describe('a usage error prints the usage on stderr and exits with 2', () => {
  test.each([
    ['', 'leadwell <command>'],
    ['demolish', 'There is no command "demolish".'],
    ['token', 'leadwell token revoke ID'],
    ['token destroy', 'leadwell token revoke ID'],
    ['doctor --fast', "Unknown option '--fast'"],
    ['doctor now', '"now" is one argument too many.'],
    ['backup', 'An argument is missing.'],
    ['backup one two', '"two" is one argument too many.'],
    ['token create', '--dialect is missing.'],
    ['token create --dialect', 'argument missing'],
    ['token create --dialect klingon', '--dialect must be one of getlead, '],
    ['token create --dialect native --policy maybe', '--policy must be one of create, merge, attach, refuse'],
    ['token create --dialect native --scope read,rule', ', not "rule"'],
    ['token create --dialect native --region Mars', '--region must be a country'],
    ['workspace create', '--name is missing.'],
    ['person erase --email a@b.example', '--yes'],
    ['person show --lead lead_7', '--lead must be the id of a lead'],
    ['member create --role king --email a@b.example', '--role must be one of owner, '],
    ['member create --role owner --email nobody', '--email must be an email address'],
    ['member create --role owner --email a@b.example', 'Either --password or --password-stdin'],
    ['member create --role owner --email a@b.example --password x --password-stdin', 'Either --password or'],
    ['conformance ftp://x', 'URL must look like'],
    ['conformance http://127.0.0.1:1', '--token is needed'],
    ['conformance http://127.0.0.1:1 --token secret', '--token must look like'],
  ])('leadwell %s', async (line, words) => {
    const err = await complaint(line, 2);
    expect(err).toContain(words);
    expect(err).toContain('leadwell ');
  });
});

describe('a command that fails prints one sentence on stderr and exits with 1', () => {
  test.each([
    ['verify', 'There is no Leadwell data in DATA_DIR=/nowhere/leadwell.'],
    ['token list --json', 'There is no Leadwell data in DATA_DIR=/nowhere/leadwell.'],
    ['backup /nowhere/file', 'There is no Leadwell data in DATA_DIR=/nowhere/leadwell.'],
    ['restore /nowhere/file', 'There is no file /nowhere/file.'],
    ['member create --role owner --email a@b.example --password short', 'The password must be 8 to 1024'],
  ])('leadwell %s', async (line, sentence) => {
    expect((await complaint(line, 1)).trim().split('\n')).toEqual([expect.stringContaining(sentence)]);
  });

  test('leadwell verify with invalid settings', async () => {
    const { code, err } = await run('verify', { PORT: 'x', DEFAULT_REGION: 'Mars' });
    expect(code).toBe(1);
    expect(err).toMatch(/^Invalid settings\. PORT .* DEFAULT_REGION /);
  });
});

test('the doctor reports what is wrong even where there is no database', async () => {
  const { code, out, err } = await run('doctor --json');
  expect({ code, err }).toEqual({ code: 1, err: '' });
  expect(JSON.parse(out)).toMatchObject({
    healthy: false,
    symptoms: [{ check: 'node', state: 'ok' }, { state: 'fail' }],
  });
});

test('the doctor reports how long each step of the last start took, and warns of a slow start', () => {
  const times = new StartTimes();
  times.end('program', 400);
  times.end('database', 1_400);
  const quick = times.report(true);
  expect(rateStart(quick)).toEqual({
    check: 'start',
    state: 'ok',
    text: `the last start, ${quick.at}, took 1.4 s: program 0.4 s, database 1.0 s`,
  });
  times.end('web server', 3_100);
  expect(rateStart(times.report(true)).state).toBe('warn');
  expect(rateStart(times.report(false))).toMatchObject({ state: 'ok', text: expect.stringContaining('created') });
});

test('the doctor rates free disk space both in bytes and as a share of the disk', () => {
  const gigabyte = 1024 ** 3;
  expect(rateDisk(0.2 * gigabyte, 10 * gigabyte).state).toBe('fail');
  expect(rateDisk(0.9 * gigabyte, 10 * gigabyte).state).toBe('warn');
  expect(rateDisk(4 * gigabyte, 100 * gigabyte).state).toBe('warn');
  expect(rateDisk(6 * gigabyte, 100 * gigabyte).state).toBe('ok');
});
