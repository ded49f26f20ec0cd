import { agreedHeartbeat, Heartbeat } from '../../heartbeat.js';
import type { TimerPort } from '../../host.js';
import type { Session } from '../session.js';
import { type Hello, METHOD_BYTES } from './protocol.js';

/** A connection has come. Until its client has said what it wants it has the heartbeat that is proposed. */
export function beginHeartbeat(session: Session, timers: TimerPort, proposedMicros: number): void {
  session.heartbeat = new Heartbeat(timers, { beat: () => session.send({ operation: 'heartbeat' }, METHOD_BYTES), onSilence: () => session.end() });
  session.heartbeat.begin(proposedMicros);
}

/** The client says what it wants, and is told which heartbeat they have. (AMQP 0-9-1: connection.start-ok, tune, tune-ok.) */
export function tune(session: Session, { heartbeatMicros = null }: Hello, proposedMicros: number): void {
  const agreed = agreedHeartbeat(proposedMicros, heartbeatMicros);
  session.heartbeat?.begin(agreed);
  session.send({ operation: 'tune', heartbeatMicros: agreed }, METHOD_BYTES);
}
