import { agreedHeartbeat, Heartbeat } from '../../heartbeat.js';
import { EventKind, type EventSink, LostBy, type NameId } from '../../../history/index.js';
import type { TimerPort } from '../../host.js';
import type { Session } from '../session.js';
import { type Hello, METHOD_BYTES } from './protocol.js';

/** Whom connections come to. */
interface Greeter {
  readonly timers: TimerPort;
  readonly sink: EventSink;
  readonly actor: NameId;
  readonly config: { readonly heartbeatMicros: number };
}

/** A connection has come. Until its client has said what it wants it has the heartbeat that is proposed. */
export function beginHeartbeat(session: Session, { timers, sink, actor, config }: Greeter): void {
  const onSilence = (): void => {
    sink.emit(EventKind.connectionLost, actor, session.client, 0, 0, 0, LostBy.silence, 0, 0);
    session.end();
  };
  session.heartbeat = new Heartbeat(timers, { beat: () => session.send({ operation: 'heartbeat' }, METHOD_BYTES), onSilence });
  session.heartbeat.begin(config.heartbeatMicros);
}

/** The client says what it wants, and is told which heartbeat they have. (AMQP 0-9-1: connection.start-ok, tune, tune-ok.) */
export function tune(session: Session, { heartbeatMicros = null }: Hello, proposedMicros: number): void {
  const agreed = agreedHeartbeat(proposedMicros, heartbeatMicros);
  session.heartbeat?.begin(agreed);
  session.send({ operation: 'tune', heartbeatMicros: agreed }, METHOD_BYTES);
}
