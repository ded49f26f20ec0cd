import { FAULT_KINDS, FAULT_SHAPES } from './catalogue.js';
import type { FaultKind, FaultParameter } from './fault-definition.js';
import { type FaultProblem, problem } from './fault-problem.js';
import type { FaultSpec, FaultValue } from './fault-spec.js';
import { namesOf } from './names-of.js';

/** Keys that every kind of fault knows. */
export const COMMON_FAULT_KEYS: readonly string[] = ['at', 'fault', 'target', 'for', 'every', 'times', 'until'];

/** Checks an entry against the kind's parameters and the machines that exist. An empty result means that it can be carried out. */
export function validateFault(spec: FaultSpec, machineNames: readonly string[]): FaultProblem[] {
  const definition = FAULT_KINDS.get(spec.fault);
  if (definition === undefined) {
    const kinds = [...FAULT_KINDS.keys()];
    return [problem('fault', `'${spec.fault}' is no kind of fault`, kinds)];
  }
  const problems = [
    ...checkTimes(spec, definition),
    ...checkNames('target', spec.target, machineNames),
    ...checkKeys(spec, definition),
    ...Object.entries(definition.parameters).flatMap(([name, parameter]) =>
      checkParameter(name, parameter, spec[name], machineNames),
    ),
  ];
  // The sides of a link are looked at when every name and number in them is right.
  if (problems.length > 0) return problems;
  return FAULT_SHAPES.get(spec.fault)?.check(spec, machineNames) ?? checkSides(spec, definition, machineNames);
}

function checkTimes(spec: FaultSpec, definition: FaultKind): FaultProblem[] {
  const problems = [...checkWhole('at', spec.at, 0)];
  if (spec.for !== undefined) {
    if (definition.duration === 'instant') problems.push(problem('for', `does not go with ${spec.fault}, which is over at once`));
    else problems.push(...checkWhole('for', spec.for, 1));
  }
  if (spec.every !== undefined) problems.push(...checkWhole('every', spec.every, 1));
  for (const key of ['times', 'until'] as const) {
    const value = spec[key];
    if (value === undefined) continue;
    if (spec.every === undefined) problems.push(problem(key, 'needs `every`'));
    problems.push(...checkWhole(key, value, key === 'times' ? 1 : 0));
  }
  return problems;
}

function checkKeys(spec: FaultSpec, definition: FaultKind): FaultProblem[] {
  const known = [...COMMON_FAULT_KEYS, ...Object.keys(definition.parameters)];
  return Object.keys(spec)
    .filter((key) => !known.includes(key))
    .map((key) => problem(key, `is no parameter of ${definition.kind}`, known));
}

function checkParameter(
  name: string,
  parameter: FaultParameter,
  value: FaultValue | undefined,
  machineNames: readonly string[],
): FaultProblem[] {
  if (value === undefined) {
    const isNeeded = parameter.default === undefined && parameter.unit !== 'machines';
    return isNeeded ? [problem(name, 'is missing')] : [];
  }
  switch (parameter.unit) {
    case 'machines':
      return typeof value === 'number' ? [problem(name, 'must name machines')] : checkNames(name, value, machineNames);
    case 'text':
      return typeof value === 'string' ? [] : [problem(name, 'must be text')];
    case 'choice': {
      const choices = parameter.choices ?? [];
      const isChoice = typeof value === 'string' && choices.includes(value);
      return isChoice ? [] : [problem(name, `is ${shown(value)}, but must be one of ${choices.join(', ')}`, choices)];
    }
    case 'duration':
    case 'count':
      return checkWhole(name, value, parameter.min ?? 0, parameter.max);
    case 'probability':
    case 'factor':
    case 'ppm':
      return checkRange(name, value, parameter.min ?? 0, parameter.max ?? Infinity);
  }
}

function checkNames(key: string, value: string | readonly string[], machineNames: readonly string[]): FaultProblem[] {
  const isNames = typeof value === 'string' || (Array.isArray(value) && value.every((name) => typeof name === 'string'));
  if (!isNames) return [problem(key, 'must name machines')];
  const names = namesOf(value);
  if (names.length === 0) return [problem(key, 'names no machine', machineNames)];
  if (new Set(names).size !== names.length) return [problem(key, 'names a machine twice')];
  return names
    .filter((name) => !machineNames.includes(name))
    .map((name) => problem(key, `'${name}' is no machine`, machineNames));
}

function checkSides(spec: FaultSpec, definition: FaultKind, machineNames: readonly string[]): FaultProblem[] {
  if (definition.targets !== 'link') return [];
  const targets = namesOf(spec.target);
  const peers = spec['peers'];
  if (peers === undefined) {
    const hasPeers = machineNames.some((name) => !targets.includes(name));
    return hasPeers ? [] : [problem('target', 'leaves no machine for the other side')];
  }
  if (typeof peers === 'number') return [];
  return namesOf(peers)
    .filter((name) => targets.includes(name))
    .map((name) => problem('peers', `'${name}' is on both sides`));
}

function checkWhole(key: string, value: unknown, least: number, most = Number.MAX_SAFE_INTEGER): FaultProblem[] {
  if (!Number.isSafeInteger(value)) return [problem(key, `is ${shown(value)}, but must be a whole number`)];
  return checkRange(key, value, least, most);
}

function checkRange(key: string, value: unknown, least: number, most: number): FaultProblem[] {
  if (typeof value !== 'number' || Number.isNaN(value)) return [problem(key, `is ${shown(value)}, but must be a number`)];
  if (value >= least && value <= most && value !== Infinity) return [];
  const range = most >= Number.MAX_SAFE_INTEGER ? `at least ${least}` : `from ${least} to ${most}`;
  return [problem(key, `is ${value}, but must be ${range}`)];
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}
