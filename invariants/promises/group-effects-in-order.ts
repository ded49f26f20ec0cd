import { EventKind, MoveReason, type NameId } from '../../history/index.js';
import type { Circumstance } from '../contracts/circumstances.js';
import { fifoQueues } from '../contracts/concerns.js';
import type { EventView } from '../event-view.js';
import type { Facts } from '../facts/facts.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Inverted extends Breach {
  readonly group: NameId;
  /** A message that came to the group after this one, and had its effect before it. */
  readonly later: number;
}

/** The messages of one group of one queue that have had their effect, as far as that matters: the one that came last. */
interface GroupEffects {
  readonly queue: NameId;
  readonly group: NameId;
  newestPlace: number;
  newest: number;
}

/** A message that has not had its effect. */
interface Awaited {
  readonly effects: GroupEffects;
  /** Places are counted over the whole run: sequence numbers begin anew with another disk. */
  readonly place: number;
  /** It was put aside and those behind it went on. */
  hasMoved: boolean;
}

/** Only first effects count: what is done twice is `exactly-once-effects`. What has left its queue is in nobody's way, whenever its effect comes. */
export const groupEffectsInOrder = defineInvariant<Inverted, 'group-effects-in-order'>({
  id: 'group-effects-in-order',
  promise: 'The messages of a group of a FIFO queue have their first effects in the order in which they came to the group.',
  exercisedBy: 'effects after another one of the same group',
  concerns: fifoQueues,
  create(facts, tally) {
    const groups = new Map<string, GroupEffects>();
    const awaited = new Map<number, Awaited>();
    let places = 0;
    const effectsOf = (event: EventView): GroupEffects => {
      const key = `${event.dest}/${event.peer}`;
      let effects = groups.get(key);
      if (effects === undefined) groups.set(key, effects = { queue: event.dest, group: event.peer, newestPlace: 0, newest: 0 });
      return effects;
    };
    facts.vanishListeners.push((slot) => awaited.delete(facts.copies.message[slot]!));
    return {
      on: {
        [EventKind.place]: (event) => {
          if (!facts.queue(event.dest).isFifo || awaited.has(event.message) || hadEffect(facts, event)) return;
          awaited.set(event.message, { effects: effectsOf(event), place: ++places, hasMoved: false });
        },
        [EventKind.move]: (event) => {
          const message = awaited.get(event.message);
          if (message !== undefined && event.b === MoveReason.limit) message.hasMoved = true;
        },
        [EventKind.drop]: (event) => awaited.delete(event.message),
        [EventKind.effect]: (event) => {
          const message = event.b === 0 ? undefined : awaited.get(event.message);
          if (message === undefined) return;
          awaited.delete(event.message);
          const { effects, place } = message;
          if (effects.newestPlace > 0) tally.exercised++;
          if (place > effects.newestPlace) {
            effects.newestPlace = place;
            effects.newest = event.message;
          } else if (tally.breach(excuse(facts, message))) {
            tally.tell({ atMicros: event.time, message: event.message, queue: effects.queue, group: effects.group, later: effects.newest });
          }
        },
      },
    };
  },
  word({ atMicros, message, queue, group, later }, { at, name }) {
    return `message ${message} had its effect at ${at(atMicros)}, after message ${later}, which came to group ${name(group)} of ${name(queue)} behind it`;
  },
});

/** A recovery puts a message at its place once more. */
function hadEffect({ messages }: Facts, { messageSlot }: EventView): boolean {
  return messageSlot !== NO_SLOT && messages.effects[messageSlot]! > 0;
}

function excuse(facts: Facts, { effects, hasMoved }: Awaited): Circumstance | null {
  if (hasMoved) return 'put-aside';
  return facts.queue(effects.queue).contract?.isWorkedInTurn === true ? null : 'worked-side-by-side';
}
