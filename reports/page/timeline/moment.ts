/** A moment of a recording as it stands in the page's address: `#run-1-at-1234`, or `#run-1-at-1234-message-7-machine-3-queue-5`. */
export interface Moment {
  /** Number of the event in the run's history. */
  readonly event: number;
  /** The message that is followed, and the machine and the queue that are filtered for, by the numbers of their names. */
  readonly message: number | null;
  readonly machine: number | null;
  readonly queue: number | null;
}

const FILTERS = ['message', 'machine', 'queue'] as const;

export const fragmentOf = (anchor: string, moment: Moment): string =>
  `#${anchor}-at-${moment.event}${FILTERS.map((filter) => (moment[filter] === null ? '' : `-${filter}-${moment[filter]}`)).join('')}`;

/** The moment that an address shows of a run, or null. */
export function momentIn(fragment: string, anchor: string): Moment | null {
  if (!fragment.startsWith(`#${anchor}-at-`)) return null;
  const match = /^(\d{1,15})(?:-message-(\d{1,15}))?(?:-machine-(\d{1,9}))?(?:-queue-(\d{1,9}))?$/.exec(fragment.slice(anchor.length + 5));
  if (match === null) return null;
  const number = (text: string | undefined): number | null => (text === undefined ? null : Number(text));
  return { event: Number(match[1]), message: number(match[2]), machine: number(match[3]), queue: number(match[4]) };
}
