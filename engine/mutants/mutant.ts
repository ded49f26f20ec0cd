/** A deliberate bug: a mistake that real brokers or clients have shipped, switched on by name to prove that the judge notices. */
export interface Mutant<Name extends string = string> {
  /** How a run asks for it, in kebab-case. Its flag in {@link Mutations} is the same in camel case. */
  readonly name: Name;
  /** The file in which it sits. */
  readonly where: string;
  /** What it does wrong, in one sentence or two. */
  readonly mistake: string;
  /** Who made this mistake, or who warns of it. */
  readonly source: string;
  /** Id of the invariant that must catch it. */
  readonly invariant: string;
  /** Ids of other invariants that may catch it too. Default: none. */
  readonly alsoCaughtBy?: readonly string[];
  /** What a run needs for the bug to show. */
  readonly needs: string;
}

/** `lease-handed-out-twice` as `leaseHandedOutTwice`. */
export type FlagOf<Name extends string> = Name extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<FlagOf<Tail>>}` : Name;

export function flagOf(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Keeps the names as types, from which the flags are made. */
export function defineMutants<const Name extends string>(mutants: readonly Mutant<Name>[]): readonly Mutant<Name>[] {
  return mutants;
}
