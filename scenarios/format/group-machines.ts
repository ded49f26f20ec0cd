import { isDeepStrictEqual } from 'node:util';
import { MAX_COUNT } from './schema/client-parts.js';

/** Machines that one entry of a file can stand for. */
export interface GroupedMachines<Spec> {
  readonly name: string;
  readonly count: number;
  /** Of each of them but for its name. */
  readonly spec: Spec;
}

const NUMBERED = /^(.+)-1$/;

/** Puts neighbours called NAME-1, NAME-2 and so on that are alike into one entry, unless something else is called NAME. */
export function groupMachines<Spec extends { readonly name: string }>(specs: readonly Spec[], allNames: readonly string[]): GroupedMachines<Spec>[] {
  const groups: GroupedMachines<Spec>[] = [];
  for (let index = 0; index < specs.length;) {
    const spec = specs[index]!;
    const stem = NUMBERED.exec(spec.name)?.[1] ?? null;
    const count = stem === null || allNames.includes(stem) ? 1 : alikeFrom(specs, index, stem);
    groups.push({ name: count > 1 ? stem! : spec.name, count, spec });
    index += count;
  }
  return groups;
}

function alikeFrom<Spec extends { readonly name: string }>(specs: readonly Spec[], first: number, stem: string): number {
  let count = 1;
  for (; count < MAX_COUNT; count += 1) {
    const next = specs[first + count];
    if (next === undefined || !isDeepStrictEqual(next, { ...specs[first], name: `${stem}-${count + 1}` })) break;
  }
  return count;
}
