import { type ErrorReply, type RandomPort, REPLY_BYTES, type WireError, type WireMessage } from '../../engine/index.js';
import type { Front, FrontConnection } from './front.js';

/** Requests that are alike to whoever makes them: sends, receives, what is done with a receipt handle, and what concerns queues as a whole. */
export const REQUEST_KINDS = ['send', 'receive', 'settle', 'manage'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

const KINDS: Readonly<Record<string, RequestKind>> = {
  send: 'send', sendBatch: 'send', receive: 'receive',
  delete: 'settle', deleteBatch: 'settle', changeVisibility: 'settle', changeVisibilityBatch: 'settle',
};

/** Some requests are answered with an error, as long as the rule stands. */
export interface ServiceRule {
  readonly error: WireError;
  /** Which requests. */
  readonly kinds: readonly RequestKind[];
  /** Of each such request. */
  readonly probability: number;
  /** Of each that is answered so: that it is carried out all the same. */
  readonly carriedOut: number;
  readonly random: RandomPort;
}

/**
 * The front of a service whose requests are answered. A request that a rule strikes is answered with the rule's error: at once, and the engine never hears of it; or in
 * the place of the engine's answer, when it has been carried out.
 */
export class ServiceFront implements Front {
  readonly #rules = new Set<ServiceRule>();
  /** Requests that are carried out and whose answer will be an error, by their numbers. */
  readonly #spoilt = new WeakMap<FrontConnection, Map<number, WireError>>();

  add(rule: ServiceRule): void {
    this.#rules.add(rule);
  }

  remove(rule: ServiceRule): void {
    this.#rules.delete(rule);
  }

  admits(message: WireMessage, connection: FrontConnection): boolean {
    const requestId = requestIdOf(message);
    if (requestId === null || this.#rules.size === 0) return true;
    const rule = this.#strike(KINDS[message.operation] ?? 'manage');
    if (rule === null) return true;
    if (rule.carriedOut === 0 || rule.random.nextFloat() >= rule.carriedOut) {
      connection.answer(errorReply(requestId, rule.error), REPLY_BYTES);
      return false;
    }
    const spoilt = this.#spoilt.get(connection);
    if (spoilt === undefined) this.#spoilt.set(connection, new Map([[requestId, rule.error]]));
    else spoilt.set(requestId, rule.error);
    return true;
  }

  outgoing(message: WireMessage, connection: FrontConnection): WireMessage {
    const spoilt = this.#spoilt.get(connection);
    const requestId = requestIdOf(message);
    if (spoilt === undefined || requestId === null) return message;
    const error = spoilt.get(requestId);
    return error !== undefined && spoilt.delete(requestId) ? errorReply(requestId, error) : message;
  }

  /** The first rule that strikes. Each rule draws for itself, so that one does not change what another strikes. */
  #strike(kind: RequestKind): ServiceRule | null {
    let struck: ServiceRule | null = null;
    for (const rule of this.#rules) {
      if (!rule.kinds.includes(kind) || rule.random.nextFloat() >= rule.probability) continue;
      struck ??= rule;
    }
    return struck;
  }
}

/** The number of a request or of its answer; null for what is neither. */
function requestIdOf(message: WireMessage): number | null {
  const { requestId } = message as WireMessage & { readonly requestId?: unknown };
  return typeof requestId === 'number' ? requestId : null;
}

function errorReply(requestId: number, error: WireError): ErrorReply {
  return { operation: 'error', requestId, error };
}
