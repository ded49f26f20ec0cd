import type { OutgoingMessage } from './options.js';

/** The program gives a message to its client: the first attempt of this give begins. */
export function countGive(message: OutgoingMessage): number {
  if (message.attempts !== undefined) message.attempts.gives += 1;
  return countAttempt(message);
}

/** One more attempt of a message begins: which one it is over all lives of its program, 1 where nobody counts. */
export function countAttempt({ attempts }: OutgoingMessage): number {
  if (attempts === undefined) return 1;
  attempts.count += 1;
  return attempts.count;
}

/** Its program gave it to a client before: that this send failed says nothing of what earlier ones may have stored. */
export const isAnew = ({ attempts }: OutgoingMessage): boolean => attempts !== undefined && attempts.gives > 1;
