import { Closed, EventKind, type EventSink, type NameId } from '../../history/index.js';
import type { WireError } from '../broker/index.js';
import { isServiceError } from './failure-class.js';

/** Tells what the broker said no to, and with which code; `message`: 0 for a request of several, or of none. A service that failed refused nothing. */
export function tellRefused(sink: EventSink, actor: NameId, dest: NameId, message: number, error: WireError): void {
  if (isServiceError(error)) return;
  sink.emit(EventKind.refused, actor, 0, dest, message, 0, sink.name(error.code), Closed.nothing, 0);
}
