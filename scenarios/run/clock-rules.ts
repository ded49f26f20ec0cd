import { clockWords, DropReason, EventKind, MoveReason, OutcomeReason, type RawRow, type StoryScene } from '../../history/index.js';

/** What is to be known of the clocks that a step depends on: nothing while they are right. */
export function clockRules(row: RawRow, scene: StoryScene): string[] {
  return clocksConcerned(row, scene).flatMap((machine) => clockWords(machine, row.timeMicros, scene) ?? []);
}

/** Who measured a time that was over, and for whom. */
function clocksConcerned(row: RawRow, scene: StoryScene): string[] {
  const actor = scene.nameOf(row.actor);
  switch (row.kind) {
    case EventKind.leaseExpire: {
      const lease = scene.state.leases.get(row.a);
      return lease === undefined ? [actor] : [actor, scene.nameOf(lease.consumer)];
    }
    case EventKind.extendInvoke:
    case EventKind.deduplicate:
      return [actor];
    case EventKind.sendInfo:
      return row.a === OutcomeReason.timeout ? [actor] : [];
    case EventKind.ackInfo:
    case EventKind.nackInfo:
    case EventKind.extendInfo:
      return row.b === OutcomeReason.timeout ? [actor] : [];
    case EventKind.drop:
      return row.a === DropReason.retention || row.a === DropReason.expired ? [actor] : [];
    case EventKind.move:
      return row.b === MoveReason.expired ? [actor] : [];
    default:
      return [];
  }
}
