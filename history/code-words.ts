import { BlockReason, Closed, LetterFate, LostBy } from './channel-codes.js';
import {
  CopyState, DropReason, type EventDefinition, EVENTS, type EventKind, ExpireCause, Guard, HandleResult, HandleState, LocalWrite, MoveReason, Operation, OutcomeReason, StopCause,
} from './events.js';

/** Words of the columns whose numbers are codes, by the column's name in EVENTS. */
const codesByField: Readonly<Record<string, ReadonlyMap<number, string>>> = {
  outcomeReason: words(OutcomeReason),
  handleResult: words(HandleResult),
  expireCause: words(ExpireCause),
  handleState: words(HandleState),
  moveReason: words(MoveReason),
  dropReason: words(DropReason),
  copyState: words(CopyState),
  stopCause: words(StopCause),
  guard: words(Guard),
  operation: words(Operation),
  localWrite: words(LocalWrite),
  letterFate: words(LetterFate),
  blockReason: words(BlockReason),
  closed: words(Closed),
  lostBy: words(LostBy),
};

/** Columns that hold the number of a name. */
const nameFields: ReadonlySet<string> = new Set(['faultKind', 'operationOutcome', 'errorCode']);

export type NumberColumn = 'a' | 'b' | 'c';

/** What column `a`, `b` or `c` of a kind is called, or null when it means nothing. */
export function fieldOf(kind: EventKind, column: NumberColumn): string | null {
  // A recorder takes any number as a kind; one without a definition has no fields.
  const definition: EventDefinition | undefined = EVENTS[kind];
  return definition?.[column] ?? null;
}

/** A column's value as it is exported: codes and names as words, everything else as the number it is. */
export function readable(field: string, value: number, textOf: (id: number) => string): number | string {
  if (nameFields.has(field)) return textOf(value);
  return codesByField[field]?.get(value) ?? value;
}

/** `powerLoss` → `power-loss`. */
function words(codes: Readonly<Record<string, number>>): ReadonlyMap<number, string> {
  return new Map(Object.entries(codes).map(([key, code]) => [code, key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)]));
}

/** The word for one code of a column, by the column's name in EVENTS. */
export function codeWord(field: string, code: number): string {
  return codesByField[field]?.get(code)?.replaceAll('-', ' ') ?? String(code);
}
