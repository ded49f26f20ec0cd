import { EventKind, OutcomeReason, StopCause } from '../../../history/index.js';
import type { InvariantId, NotPromisedId } from '../../../invariants/index.js';
import { CLASSIC, history, type HistoryBuilder } from '../history-builder.js';

/** What is not promised, as it may be seen; and what is still a breach, with the promise that is broken. */
interface Histories {
  readonly acquitted: Readonly<Record<string, () => HistoryBuilder>>;
  readonly convicted: readonly { readonly as: InvariantId; readonly run: () => HistoryBuilder }[];
}

/** Two messages in one transaction, whose broker dies while it commits: the first of them was stored. */
function halfCommitted(): HistoryBuilder {
  return history(CLASSIC).invoke(1).invoke(2).at(1).accept(1).restart(StopCause.kill, 1).sendInfo(1).sendInfo(2);
}

/** Two messages that a consumer holds and acknowledges in one transaction, whose broker dies while it commits: the first of them was settled. */
function halfAcknowledged(): HistoryBuilder {
  const run = history(CLASSIC).sent(1).sent(2).received(1).received(2).effect(1).effect(2).at(1).ackInvoke(1).ackInvoke(2).settle(1);
  for (const copy of [1, 2]) run.emit(EventKind.ackInfo, 'consumer-1', { dest: 'orders', message: copy, copy, a: run.handle(copy), b: OutcomeReason.connectionLost });
  return run.restart(StopCause.kill, 2);
}

export const NOT_PROMISED_HISTORIES: Readonly<Record<NotPromisedId, Histories>> = {
  'tx-batch-not-atomic': {
    acquitted: {
      'a part of the publishes is there': () => halfCommitted().received(1).effect(1).acked(1).drained(),
      'none of the publishes is there': () => history(CLASSIC).life(9).invoke(1).invoke(2).at(1).restart(StopCause.kill).sendInfo(1).sendInfo(2).drained(),
      'a part of the acknowledgements counts, and the rest comes again': () => halfAcknowledged().at(60).received(2).acked(2).drained(),
    },
    convicted: [
      // The commit was answered.
      { as: 'acked-send-not-lost', run: () => history(CLASSIC).invoke(1).invoke(2).at(1).accept(1).accept(2).sendOk(1).sendOk(2).restart(StopCause.kill, 1).received(1).effect(1).acked(1).drained() },
      // What is there is another message than was sent.
      { as: 'no-phantom', run: () => halfCommitted().grant(1).deliver(1, { checksum: 99 }) },
    ],
  },
};
