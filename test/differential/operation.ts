import type { Policy } from '../../engine/index.js';
import type { Method } from '../engine/broker/channel/channel-stage.js';

/** Who does something: a channel of a connection. What is not open is opened first. */
export interface Place {
  readonly connection: 0 | 1;
  readonly channel: 1 | 2;
}

/** Something that a client does, to be done by a client of the engine and by one of the server. */
export type Operation = Place & { readonly does: Doing };

export type Doing =
  | { readonly kind: 'method'; readonly method: Method }
  /** A settlement of the delivery that is the `pick`th of those outstanding; of one that there is not, when there are not so many; 0: of all. */
  | { readonly kind: 'settle'; readonly how: Settlement; readonly pick: number; readonly multiple: boolean; readonly requeue: boolean }
  | { readonly kind: 'disconnect' }
  /** Whoever looks after the broker sets a policy, or clears it. */
  | { readonly kind: 'policy'; readonly name: string; readonly isOperator: boolean; readonly policy: Policy | null }
  /** Lets the short times to live pass. */
  | { readonly kind: 'pass' };

export type Settlement = 'ack' | 'nack' | 'reject';

/** A tag that no delivery of a test has. */
const UNKNOWN_TAG = 77;

/** What is to be said, when the tags that are outstanding on its channel are known. */
export function settlementOf(does: Doing & { readonly kind: 'settle' }, outstanding: readonly number[]): Method {
  const { how, pick, multiple, requeue } = does;
  const deliveryTag = pick === 0 ? 0 : (outstanding[pick - 1] ?? UNKNOWN_TAG);
  if (how === 'ack') return { operation: 'ack', deliveryTag, multiple };
  return how === 'nack' ? { operation: 'nack', deliveryTag, multiple, requeue } : { operation: 'reject', deliveryTag, requeue };
}

/** As a person reads it: `B/2 publish exchange="x1" routingKey="k"`. */
export function wordsOf({ connection, channel, does }: Operation, said: Method | null): string {
  const place = `${'AB'[connection]}/${channel}`;
  if (does.kind === 'policy') return does.policy === null ? `policy ${does.name} is cleared${does.isOperator ? ' (of operators)' : ''}` : `policy ${JSON.stringify(does.policy)}`;
  if (said === null) return does.kind === 'pass' ? 'time passes' : `${'AB'[connection]} disconnects`;
  const { operation, ...rest } = said as unknown as Record<string, unknown>;
  const details = Object.entries(rest).filter(([name]) => name !== 'trace' && name !== 'channel').map(([name, value]) => `${name}=${textOf(value)}`);
  return [place, operation, ...details].join(' ');
}

function textOf(value: unknown): string {
  return value instanceof Uint8Array ? JSON.stringify(new TextDecoder().decode(value)) : JSON.stringify(value);
}
