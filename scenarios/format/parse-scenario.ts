import type { Document } from 'yaml';
import type { Scenario } from '../model.js';
import { buildScenario } from './build.js';
import { concerns } from './personality-keys.js';
import type { ReadTrace } from './expressions/trace.js';
import { checkKnobs } from './build-fuzz.js';
import { checkDead } from './dead-references.js';
import { checkFaults, checkSchedule } from './fault-references.js';
import { problemsOf } from './issues.js';
import { machineGroups } from './machines.js';
import { type Mistake, parsed } from './mistake.js';
import { applyOverride, parseOverride, type Override, withEntryNamed } from './override.js';
import { placed, type Origin } from './placing.js';
import type { Problem } from './problem.js';
import { checkListedSends } from './listed-send-references.js';
import { checkOperators } from './operator-references.js';
import { checkReferences } from './references.js';
import type { Report } from './report.js';
import { ScenarioError } from './scenario-error.js';
import { scenarioSchema } from './schema/scenario-schema.js';
import { settingsOf } from './settings.js';
import { expandShortForms } from './short-forms.js';
import type { Source } from './source.js';
import { readYaml } from './yaml-text.js';

export interface ParseOptions {
  /** Of the file's bytes, hexadecimal. */
  readonly sha256: string;
  readonly overrides: readonly string[];
  readonly readTrace: ReadTrace;
}

/**
 * Makes a scenario of its text: YAML, then the overrides, then the schema and what goes beyond one setting, then the
 * model. Mistakes of one step are collected; a step begins when those before it leave something to look at.
 *
 * @throws ScenarioError with every mistake
 */
export function parseScenario(source: Source, options: ParseOptions): Scenario {
  const { document, raw, problems } = readDocument(source);
  const overrides = applyOverrides(raw, options.overrides, source, document, problems);
  expandShortForms(raw);
  const origin: Origin = { document, source, overrides };
  const schema = scenarioSchema(options.readTrace);
  const result = schema.safeParse(raw);
  if (!result.success) problems.push(...problemsOf(result.error.issues, schema, raw, origin));
  const groups = machineGroups(raw);
  const report: Report = (path, aspect, mistake) => problems.push(placed(origin, path, aspect, mistake));
  checkReferences(raw, groups, report);
  checkListedSends(raw, report);
  checkOperators(raw, report);
  checkFaults(raw, groups, report);
  checkDead(raw, groups, report);
  if (problems.length > 0 || !result.success) throw new ScenarioError(source.name, problems);
  const settings = settingsOf(schema, raw).filter(({ path }) => concerns(path, result.data.personality));
  const scenario = buildScenario({ parsed: result.data, origin, groups, settings, sha256: options.sha256, overrides: options.overrides });
  checkSchedule(scenario, report);
  if (scenario.fuzz !== undefined) checkKnobs(scenario.fuzz, scenario.settings, report);
  if (problems.length > 0) throw new ScenarioError(source.name, problems);
  return scenario;
}

function readDocument(source: Source): { readonly document: Document; readonly raw: unknown; readonly problems: Problem[] } {
  const yaml = readYaml(source);
  const atOwnSpan = (mistake: Mistake): Problem => {
    const { code, message, expected = '', nearest = null, span = { start: 0, end: 0 } } = mistake;
    return { code, message, expected, nearest, place: { source, span } };
  };
  if (!yaml.ok) throw new ScenarioError(source.name, [atOwnSpan(yaml.mistake)]);
  const problems = yaml.value.mistakes.map(atOwnSpan);
  if (!yaml.value.isReadable) throw new ScenarioError(source.name, problems);
  return { document: yaml.value.document, raw: yaml.value.value, problems };
}

function applyOverrides(raw: unknown, texts: readonly string[], source: Source, document: Document, problems: Problem[]): Override[] {
  const applied: Override[] = [];
  for (const text of texts) {
    const read = parseOverride(text);
    const override = read.ok ? parsed(withEntryNamed(raw as Record<string, unknown>, read.value)) : read;
    const mistake = override.ok ? applyOverride(raw as Record<string, unknown>, override.value) : override.mistake;
    if (mistake !== null) problems.push(placed({ document, source, overrides: [] }, [], 'value', mistake));
    else if (override.ok) applied.push(override.value);
  }
  return applied;
}
