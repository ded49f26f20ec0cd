import type { Work } from './work.js';

/**
 * Keeps a consumer from working on two messages of a group at a time. A queue with groups hands their messages out in order, several in one receive; worked on side
 * by side they would be done in any order. Messages without a group never wait.
 */
export class GroupsInWork {
  readonly #groups = new Set<string>();

  /** Where in `buffer` the first message is whose group is not in work; -1 for none. */
  firstFree(buffer: readonly Work[]): number {
    return buffer.findIndex(({ group }) => group === null || !this.#groups.has(group));
  }

  begin({ group }: Work): void {
    if (group !== null) this.#groups.add(group);
  }

  end({ group }: Work): void {
    if (group !== null) this.#groups.delete(group);
  }

  /** Takes out of `buffer` what is behind a message that failed: its group comes again from there. */
  takeBehind({ group }: Work, buffer: Work[]): Work[] {
    if (group === null) return [];
    const behind = buffer.filter((work) => work.group === group);
    for (const work of behind) buffer.splice(buffer.indexOf(work), 1);
    return behind;
  }
}
