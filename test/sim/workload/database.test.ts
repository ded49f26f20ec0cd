import { describe, expect, it } from 'vitest';
import { Database } from '../../../sim/index.js';

describe('the database of services', () => {
  it('shows nothing of a transaction before it is committed, and then all of it', () => {
    const database = new Database();
    const transaction = database.begin().insert('rows', 1).insert('outbox', 1, 'message');
    expect([database.has('rows', 1), database.size('outbox')]).toEqual([false, 0]);
    expect(transaction.commit()).toBe(true);
    expect([database.has('rows', 1), [...database.rows('outbox')]]).toEqual([true, ['message']]);
  });

  it('does nothing of a transaction one of whose keys is there already', () => {
    const database = new Database();
    database.begin().insert('inbox', 7).commit();
    expect(database.begin().insert('effects', 1).insert('inbox', 7).commit()).toBe(false);
    expect(database.has('effects', 1)).toBe(false);
  });

  it('gives rows in the order in which they came, without those that were deleted', () => {
    const database = new Database();
    for (const key of [3, 1, 2]) database.begin().insert('outbox', key, key).commit();
    database.begin().delete('outbox', 1).commit();
    expect([...database.rows('outbox')]).toEqual([3, 2]);
  });
});
