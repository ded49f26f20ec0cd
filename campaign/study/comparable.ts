import type { RunResult } from '../../scenarios/index.js';
import { StudyError } from './errors.js';
import { differingSettings } from './settings.js';
import type { Variant } from './variant.js';

/** Settings of a producer that make up what it offers. */
const LOAD = /^producers\.(.+)\.(rate|interval|count|start|messages|size|sends|writes)$/;
/** Settings that a warning names one by one. */
const MAX_NAMED = 3;

/**
 * Refuses runs whose comparison would say nothing.
 *
 * @param isAnyLoad true: who asks knows that the loads differ
 * @throws StudyError
 */
export function rejectIncomparable(variants: readonly Variant[], isAnyLoad: boolean): void {
  const [base, ...others] = variants;
  if (base === undefined || others.length === 0) throw new StudyError('QL_STUDY_NOT_COMPARABLE', 'A comparison takes two results or scenarios at least.');
  for (const variant of variants) rejectUnusable(variant);
  for (const variant of isAnyLoad ? [] : others) {
    const differing = loadDifferences(base, variant);
    if (nameOf(variant) === nameOf(base) || differing.length === 0) continue;
    throw new StudyError('QL_STUDY_NOT_COMPARABLE', `${variant.name} cannot be compared with ${base.name}: they are different scenarios under different loads (${named(differing)}), so that no difference could be laid to anything. To compare them all the same, give --any-load.`);
  }
}

function rejectUnusable({ name, results }: Variant): void {
  const fail = (reason: string): never => {
    throw new StudyError('QL_STUDY_NOT_COMPARABLE', `${name} cannot be compared: ${reason}.`);
  };
  if (results.length === 0) fail('it has no run');
  const names = new Set(results.map(({ scenario }) => scenario.name));
  if (names.size > 1) fail(`it holds runs of different scenarios (${[...names].join(', ')}); a variant is one scenario with several seeds`);
  if (new Set(results.map(({ seed }) => seed)).size < results.length) fail('it holds the same seed twice');
  const differing = differingSettings(results);
  if (differing.length > 0) fail(`its runs have different settings (${named(differing)}); a variant is one scenario with several seeds`);
  for (const { run, seed, mutants = [] } of results) {
    if (run.limit !== null) fail(`its run with seed ${seed} was cut short (${run.limit.replace(/\.$/, '')}), so that its figures are those of a part`);
    if (mutants.length > 0) fail(`its run with seed ${seed} had deliberate bugs switched on (${mutants.join(', ')}), so that it says nothing of the engine`);
  }
}

/** What differs besides what is compared, in sentences: each may be why the figures differ. */
export function warningsOf(variants: readonly Variant[]): string[] {
  const [base, ...others] = variants;
  return base === undefined ? [] : [...new Set(others.flatMap((variant) => warningsBetween(base, variant)))];
}

function warningsBetween(base: Variant, variant: Variant): string[] {
  const [from, to] = [base.results[0]!, variant.results[0]!];
  const names = `${base.name} and ${variant.name}`;
  const load = loadDifferences(base, variant);
  const isPaired = sameSeeds(base, variant);
  return [
    ...(load.length === 0 ? [] : [`${names} are offered different loads (${named(load)}): throughput, backlog and latency differ for that alone.`]),
    ...(isPaired ? [] : [`${names} have different seeds (${seedsOf(base)}; ${seedsOf(variant)}): their runs cannot be compared one by one, and chance has a larger part in what differs.`]),
    ...(from.version === to.version ? [] : [`${names} were made by different versions of queuelab (${from.version}, ${to.version}): the engine may differ, too.`]),
    ...(isPaired && !sameFaults(base, variant) ? [`Different faults struck ${names}.`] : []),
    ...(isPaired && base.results.every(({ fingerprint }, index) => fingerprint === variant.results[index]!.fingerprint) && from.scenario.sha256 === to.scenario.sha256 && differingSettings([from, to]).length === 0 ? [`${names} are the same runs.`] : []),
  ];
}

/** True of the same seeds in the same order. */
export const sameSeeds = (base: Variant, { results }: Variant): boolean =>
  results.length === base.results.length && results.every(({ seed }, index) => seed === base.results[index]!.seed);

const sameFaults = (base: Variant, { results }: Variant): boolean =>
  results.every(({ schedule }, index) => JSON.stringify(schedule) === JSON.stringify(base.results[index]!.schedule));

const nameOf = ({ results }: Variant): string => results[0]!.scenario.name;

function seedsOf({ results }: Variant): string {
  const seeds = results.map(({ seed }) => seed);
  return seeds.length <= MAX_NAMED ? seeds.join(', ') : `${seeds[0]!} to ${seeds.at(-1)!}`;
}

/** Settings of the load that differ. Producers are told apart by their place: a name is no load. */
function loadDifferences(base: Variant, variant: Variant): ReturnType<typeof differingSettings> {
  return differingSettings([base, variant].map(({ results }) => loadOf(results[0]!)));
}

function loadOf({ settings }: RunResult): Pick<RunResult, 'settings'> {
  const producers = [...new Set(settings.flatMap(({ path }) => LOAD.exec(path)?.[1] ?? []))];
  return {
    settings: settings.flatMap((setting) => {
      const [, name, key] = LOAD.exec(setting.path) ?? [];
      if (name !== undefined) return [{ ...setting, path: `producers.${producers.length === 1 ? '*' : producers.indexOf(name) + 1}.${key!}` }];
      return setting.path === 'duration' ? [setting] : [];
    }),
  };
}

function named(differing: ReturnType<typeof differingSettings>): string {
  const shown = differing.slice(0, MAX_NAMED).map(({ path, values }) => `${path}: ${[...new Set(values)].map((value) => value ?? 'none').join(', ')}`);
  return `${shown.join('; ')}${differing.length > MAX_NAMED ? `; and ${differing.length - MAX_NAMED} more` : ''}`;
}
