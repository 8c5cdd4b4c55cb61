import { allDialects } from '../dialects/all-dialects.ts';
import type { Scenario } from '../dialects/conformance/exchange.ts';
import { readScenarios } from '../dialects/conformance/read-exchanges.ts';
import { describeFailure, runScenario } from '../dialects/conformance/run-exchange.ts';
import { operatorError } from '../platform/operator-error.ts';
import type { Call } from './command.ts';
import { senderTo } from './conformance-send.ts';
import { sentenceOf } from './screen.ts';

/** A host to try one scenario on. */
export interface Bench {
  base: URL;
  /** A token for each dialect that is to be tried. */
  tokens: Readonly<Record<string, string>>;
  /** Called when the scenario is over. */
  leave(): Promise<void>;
}

/** How one scenario went. */
export interface ScenarioResult {
  dialect: string;
  file: string;
  title: string;
  failures: string[];
}

interface Recorded extends Scenario {
  dialect: string;
  file: string;
}

/** Runs every recorded scenario of the dialects that there are tokens for, each at a bench of its own. */
export async function runAll(
  openBench: () => Promise<Bench>,
  { screen, signal }: Pick<Call, 'screen' | 'signal'>,
): Promise<ScenarioResult[]> {
  const results: ScenarioResult[] = [];
  for (const recorded of readRecorded()) {
    signal.throwIfAborted();
    const result = await runOne(await openBench(), recorded);
    if (!result) continue;
    results.push(result);
    screen.say(`${result.failures.length === 0 ? 'pass' : 'FAIL'}  ${result.dialect}: ${result.title}`);
    for (const failure of result.failures) screen.say(`      ${failure}`);
  }
  return results;
}

async function runOne(bench: Bench, recorded: Recorded): Promise<ScenarioResult | undefined> {
  const { dialect, file, title } = recorded;
  const { base, tokens } = bench;
  try {
    if (!tokens[dialect]) return undefined;
    const failures = await runScenario(recorded, senderTo(base), { dialect, tokens });
    return { dialect, file, title, failures: failures.map(describeFailure) };
  } catch (error) {
    return { dialect, file, title, failures: [sentenceOf(error)] };
  } finally {
    await bench.leave();
  }
}

/** The scenarios lie beside the sources of their dialects, not in what is built of them. */
function readRecorded(): Recorded[] {
  const recorded = allDialects.flatMap(({ name }) => readScenarios(name).map((one) => ({ ...one, dialect: name })));
  if (recorded.length === 0) throw operatorError('This installation holds no recorded exchanges.');
  return recorded;
}
