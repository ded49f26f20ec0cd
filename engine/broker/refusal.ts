import type { ErrorKind } from './errors.js';

/** Why something is turned down, and what about it. */
export interface Refusal {
  readonly kind: ErrorKind;
  readonly detail: string | number;
}

export function refusal(kind: ErrorKind, detail: string | number = ''): Refusal {
  return { kind, detail };
}
