/** A moment of a recording as it stands in the page's address: `#run-1-at-1234` or `#run-1-at-1234-message-7`. */
export interface Moment {
  /** Number of the event in the run's history. */
  readonly event: number;
  /** The message that is followed. */
  readonly message: number | null;
}

export const fragmentOf = (anchor: string, { event, message }: Moment): string => `#${anchor}-at-${event}${message === null ? '' : `-message-${message}`}`;

/** The moment that an address shows of a run, or null. */
export function momentIn(fragment: string, anchor: string): Moment | null {
  if (!fragment.startsWith(`#${anchor}-at-`)) return null;
  const match = /^(\d{1,15})(?:-message-(\d{1,15}))?$/.exec(fragment.slice(anchor.length + 5));
  return match === null ? null : { event: Number(match[1]), message: match[2] === undefined ? null : Number(match[2]) };
}
