import { defineMutants } from './mutant.js';

/** Where exchanges lead. */
export const routingMutants = defineMutants([
  {
    name: 'hash-needs-a-word', where: 'engine/exchange/misread.ts', invariant: 'routed-by-bindings',
    mistake: 'In the key of a topic binding `#` stands for one word at least, not for none.',
    source: 'AMQP 0-9-1 topic keys taken for those of MQTT or for regular expressions.',
    needs: 'a topic exchange with a binding to `…#`, and a key that ends before it',
  },
  {
    name: 'any-header-taken-for-all', where: 'engine/exchange/misread.ts', invariant: 'routed-by-bindings',
    mistake: 'A binding of a headers exchange with `x-match: any` wants all of its headers.',
    source: 'An argument that is accepted and not looked at: `all` is the default.',
    needs: 'a headers exchange, and messages that have one of several headers',
  },
  {
    name: 'each-binding-a-copy', where: 'engine/exchange/router.ts', invariant: 'routed-by-bindings',
    mistake: 'A queue with two bindings that match gets two copies.',
    source: 'A loop over bindings where one over queues is meant.',
    needs: 'a queue with two bindings that one key matches',
  },
  {
    name: 'alternate-gets-all', where: 'engine/exchange/router.ts', invariant: 'routed-by-bindings',
    mistake: 'The alternate exchange gets every message, not only those that no binding matches.',
    source: 'An alternate exchange taken for one more binding.',
    needs: 'an alternate exchange, and messages that a binding matches',
  },
  {
    name: 'first-queue-only', where: 'engine/exchange/router.ts', invariant: 'routed-by-bindings',
    mistake: 'Of several queues to which a message is routed the first gets it.',
    source: 'Publish and subscribe taken for competing consumers.',
    needs: 'an exchange that leads to several queues',
  },
  {
    name: 'dead-letter-key-ignored', where: 'engine/queue/dead-lettering.ts', invariant: 'routed-by-bindings',
    mistake: 'Dead letters keep their routing key, whatever the queue says.',
    source: 'A policy key that one code path reads (x-dead-letter-routing-key).',
    needs: 'a queue that gives its dead letters another routing key',
  },
]);
