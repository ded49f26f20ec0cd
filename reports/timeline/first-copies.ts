import type { BoardCopy } from '../../history/index.js';

export interface WantedCopies {
  readonly queues: readonly number[];
  /** Copies of a queue at most. */
  readonly most: number;
  /** The message whose copies come first, whatever their numbers. */
  readonly followed: number | null;
}

/** Of each queue, the copies with the lowest numbers, in their order. One pass and no sorting: there may be a great many. */
export function firstCopies(copies: Iterable<BoardCopy>, { queues, most, followed }: WantedCopies): Map<number, BoardCopy[]> {
  const first = new Map<number, BoardCopy[]>(queues.map((queue) => [queue, []]));
  for (const copy of copies) {
    const list = first.get(copy.queue);
    if (list === undefined || (list.length === most && !isBefore(copy, list[most - 1]!, followed))) continue;
    if (list.length === most) list.pop();
    let place = list.length;
    while (place > 0 && isBefore(copy, list[place - 1]!, followed)) place--;
    list.splice(place, 0, copy);
  }
  return first;
}

function isBefore(left: BoardCopy, right: BoardCopy, followed: number | null): boolean {
  const isFollowed = left.message === followed;
  return isFollowed === (right.message === followed) ? left.copy < right.copy : isFollowed;
}
