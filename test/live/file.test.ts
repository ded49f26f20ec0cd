import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DiskFile } from '../../engine/index.js';
import { createLiveHost, type LiveHost, Transport, TurnQueue } from '../../live/index.js';

let folder: string;
let turns: TurnQueue;
let live: LiveHost;
let file: DiskFile;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'queuelab-file-'));
  turns = new TurnQueue();
  live = createLiveHost({ address: 'node', directory: folder, transport: new Transport(turns), turns });
  file = await new Promise((resolve) => live.host.disk.open('log', { create: true }, (_error, opened) => resolve(opened!)));
});

afterEach(() => {
  live.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a sync', () => {
  it('lets the process go on, and what is called meanwhile is told after it, in order', async () => {
    const order: string[] = [];
    const told = (what: string) => (error: unknown) => order.push(error === null ? what : `${what} failed`);
    file.write(0, new Uint8Array(1_000_000), told('write'));
    file.sync(told('sync'));
    turns.defer(() => order.push('other work'));
    file.write(0, new Uint8Array(1), told('write during the sync'));
    file.sync(told('second sync'));
    file.write(1, new Uint8Array(1), told('last write'));
    await vi.waitFor(() => expect(order).toHaveLength(6));
    // When the operating system is done with the first sync is its own affair.
    expect(order.indexOf('other work')).toBeLessThan(order.indexOf('second sync'));
    expect(order.filter((what) => what !== 'other work')).toEqual(['write', 'sync', 'write during the sync', 'second sync', 'last write']);
  });

  it('of a file that is closed meanwhile ends well; a later one does not', async () => {
    const outcomes: (string | null)[] = [];
    file.sync((error) => outcomes.push(error?.code ?? null));
    file.sync((error) => outcomes.push(error?.code ?? null));
    file.close();
    await vi.waitFor(() => expect(outcomes).toEqual([null, 'EBADF']));
  });

  it('tells nothing after the node has ended', async () => {
    let isTold = false;
    file.sync(() => {
      isTold = true;
    });
    live.stop();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(isTold).toBe(false);
  });
});
