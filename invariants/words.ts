import { formatInstant, formatMicros, type NameId, type NameTable } from '../history/index.js';

/** Turns what a breach holds into what a person reads. */
export interface Words {
  /** The name, or "someone" when there is none. */
  name(id: NameId): string;
  /** `at 12.340s` without the "at". */
  at(micros: number): string;
  /** `1.5s`, `250us`. */
  span(micros: number): string;
}

export function wordsFrom(names: Pick<NameTable, 'text'>): Words {
  return {
    name: (id) => names.text(id) || 'someone',
    at: formatInstant,
    span: formatMicros,
  };
}

/** `1 message`, `2 messages`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
