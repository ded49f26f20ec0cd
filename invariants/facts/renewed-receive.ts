import type { EventView } from '../event-view.js';
import type { Facts } from './facts.js';

/**
 * Whether an extension may be a receive that was asked for again under its attempt id: what it leased begins its lease anew, as long as any receive there asks for.
 * (SQS: ReceiveMessage, ReceiveRequestAttemptId.)
 */
export function mayBeReceivedAgain(facts: Facts, { dest, copySlot, a, c }: EventView): boolean {
  const contract = facts.queue(dest).contract;
  return contract?.repeatsReceives === true && facts.copies.handle[copySlot] === a && contract.leaseMicros?.includes(c) === true;
}
