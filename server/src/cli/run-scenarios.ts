import { allDialects } from '../dialects/all-dialects.ts';
import type { Scenario } from '../dialects/conformance/exchange.ts';
import { readScenarios } from '../dialects/conformance/read-exchanges.ts';
import { describeFailure, runScenario } from '../dialects/conformance/run-exchange.ts';
import { operatorError } from '../platform/operator-error.ts';
import type { Call } from './command.ts';
import { errorText } from './output.ts';
import { senderTo } from './send-request.ts';

/** A server to run a scenario against. */
export interface ConformanceTarget {
  base: URL;
  /** A token for each dialect to be tested. */
  tokens: Readonly<Record<string, string>>;
  /** Called when the scenario has finished. */
  close(): Promise<void>;
}

/** The outcome of one scenario. */
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

/** Runs every recorded scenario of each dialect that there is a token for. Each scenario gets a target of its own. */
export async function runAll(
  openTarget: () => Promise<ConformanceTarget>,
  { screen, signal }: Pick<Call, 'screen' | 'signal'>,
): Promise<ScenarioResult[]> {
  const results: ScenarioResult[] = [];
  for (const recorded of readRecorded()) {
    signal.throwIfAborted();
    const result = await runOne(await openTarget(), recorded);
    if (!result) continue;
    results.push(result);
    screen.say(`${result.failures.length === 0 ? 'pass' : 'FAIL'}  ${result.dialect}: ${result.title}`);
    for (const failure of result.failures) screen.say(`      ${failure}`);
  }
  return results;
}

async function runOne(target: ConformanceTarget, recorded: Recorded): Promise<ScenarioResult | undefined> {
  const { dialect, file, title } = recorded;
  const { base, tokens } = target;
  try {
    if (!tokens[dialect]) return undefined;
    const failures = await runScenario(recorded, senderTo(base), { dialect, tokens });
    return { dialect, file, title, failures: failures.map(describeFailure) };
  } catch (error) {
    return { dialect, file, title, failures: [errorText(error)] };
  } finally {
    await target.close();
  }
}

/** The recordings are part of the dialects' sources, but not of a build. */
function readRecorded(): Recorded[] {
  const recorded = allDialects.flatMap(({ name }) => readScenarios(name).map((one) => ({ ...one, dialect: name })));
  if (recorded.length === 0) throw operatorError('This installation contains no recorded exchanges.');
  return recorded;
}
