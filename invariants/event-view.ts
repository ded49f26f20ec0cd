import type { EventFields, EventKind, NameId } from '../history/index.js';

/**
 * The event that is being judged, with the places of its message and its copy in the facts. One object is used for the whole run:
 * keep nothing of it.
 */
export class EventView implements EventFields {
  time = 0;
  kind = 0 as EventKind;
  actor: NameId = 0;
  peer: NameId = 0;
  dest: NameId = 0;
  message = 0;
  copy = 0;
  a = 0;
  b = 0;
  c = 0;
  /** Slot of the message in the facts before this event, -1 when it is not in flight. */
  messageSlot = -1;
  /** Slot of the copy in the facts before this event, -1 when it is not stored. */
  copySlot = -1;
}
