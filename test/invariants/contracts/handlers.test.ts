import { describe, expect, it } from 'vitest';
import { type EffectPromise, type HandlerKind, handlerPromise } from '../../../invariants/index.js';

describe('handlerPromise', () => {
  it.each<[readonly HandlerKind[], EffectPromise]>([
    [[], 'none'],
    [['plain'], 'none'],
    [['idempotent'], 'exactly-once'],
    [['idempotent', 'idempotent'], 'exactly-once'],
    [['ack-first'], 'at-most-once'],
    [['ack-first', 'idempotent'], 'none'],
    [['idempotent', 'plain'], 'none'],
  ])('of %j is %s', (kinds, promise) => {
    expect(handlerPromise(kinds)).toBe(promise);
  });
});
