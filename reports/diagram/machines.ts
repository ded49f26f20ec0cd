import type { StoryStep } from '../run-result.js';

/** What a machine does in a story, in the order of the columns. */
const roles: readonly RegExp[] = [
  /^send-/,
  /^(accept|lease-|settle|move|drop|restore|recover-|fsync|corruption|ledger)/,
  /^(deliver|handle-|effect|ack-|nack-|extend-|poll-)/,
];

/** The machines of a story: those that send, then brokers, then those that receive. */
export function machinesOf(story: readonly StoryStep[]): string[] {
  const byRole = roles.map(() => new Set<string>());
  for (const { event, actor, peer } of story) {
    const role = roles.findIndex((pattern) => pattern.test(event));
    if (role >= 0 && actor !== '') byRole[role]!.add(actor);
    if (event === 'lease-grant' && peer !== undefined) byRole[2]!.add(peer);
  }
  return [...new Set(byRole.flatMap((names) => [...names]))];
}
