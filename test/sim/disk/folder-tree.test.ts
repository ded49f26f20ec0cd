import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FolderTree } from '../../../sim/disk/folder-tree.js';
import { StoredFile } from '../../../sim/disk/stored-file.js';
import { RandomStream } from '../../../sim/index.js';

function newFile(): StoredFile {
  return new StoredFile(0, Infinity);
}

/** Names that exist after a loss of power, for many seeds. */
function outcomes(build: () => FolderTree): Set<string> {
  const seen = new Set<string>();
  for (let seed = 0; seed < 64; seed++) {
    const tree = build();
    tree.losePower(new RandomStream(`${seed}`), 0);
    seen.add(tree.files().map(([path]) => path).join(' '));
  }
  return seen;
}

describe('FolderTree', () => {
  it('a created file is there after a loss of power for sure only when its folder was synced', () => {
    const build = (isSynced: boolean): FolderTree => {
      const tree = new FolderTree(Infinity);
      tree.create('log', newFile(), 0);
      if (isSynced) tree.persist('', tree.lastChange);
      return tree;
    };
    expect(outcomes(() => build(false))).toEqual(new Set(['', 'log']));
    expect(outcomes(() => build(true))).toEqual(new Set(['log']));
  });

  it('a removal that was not synced may come undone', () => {
    expect(
      outcomes(() => {
        const tree = new FolderTree(Infinity);
        tree.create('log', newFile(), 0);
        tree.persist('', tree.lastChange);
        tree.remove('log', 0);
        return tree;
      }),
    ).toEqual(new Set(['', 'log']));
  });

  it('a rename is there whole or not at all', () => {
    const file = newFile();
    const old = newFile();
    const found = new Set<StoredFile | null>();
    for (let seed = 0; seed < 64; seed++) {
      const tree = new FolderTree(Infinity);
      tree.create('new', file, 0);
      tree.create('name', old, 0);
      tree.persist('', tree.lastChange);
      tree.rename('new', 'name', 0);
      tree.losePower(new RandomStream(`${seed}`), 0);
      expect(tree.file('new')).toBe(tree.file('name') === file ? null : file);
      found.add(tree.file('name'));
    }
    expect(found).toEqual(new Set([file, old]));
  });

  it('a rename between folders is durable when both were synced', () => {
    const build = (...synced: string[]): FolderTree => {
      const tree = new FolderTree(Infinity);
      tree.makeFolder('a', 0);
      tree.makeFolder('b', 0);
      tree.create('a/x', newFile(), 0);
      for (const folder of ['', 'a', 'b']) tree.persist(folder, tree.lastChange);
      tree.rename('a/x', 'b/x', 0);
      for (const folder of synced) tree.persist(folder, tree.lastChange);
      return tree;
    };
    expect(outcomes(() => build('a'))).toEqual(new Set(['a/x', 'b/x']));
    expect(outcomes(() => build('a', 'b'))).toEqual(new Set(['b/x']));
  });

  it('a sync covers what was changed before its call, not what came while it was under way', () => {
    expect(
      outcomes(() => {
        const tree = new FolderTree(Infinity);
        tree.create('before', newFile(), 0);
        const called = tree.lastChange;
        tree.create('after', newFile(), 0);
        tree.persist('', called);
        return tree;
      }),
    ).toEqual(new Set(['before', 'after before']));
  });

  it('what lies in a folder that was lost is lost', () => {
    expect(
      outcomes(() => {
        const tree = new FolderTree(Infinity);
        tree.makeFolder('a', 0);
        tree.makeFolder('a/b', 0);
        tree.create('a/b/log', newFile(), 0);
        tree.persist('a', tree.lastChange);
        tree.persist('a/b', tree.lastChange);
        return tree;
      }),
    ).toEqual(new Set(['', 'a/b/log']));
  });

  it('what the system has written back by itself is durable', () => {
    const tree = new FolderTree(30);
    tree.create('old', newFile(), 10);
    tree.create('young', newFile(), 39);
    let youngSeen = 0;
    for (let seed = 0; seed < 40; seed++) {
      const copy = new FolderTree(30);
      copy.create('old', newFile(), 10);
      copy.create('young', newFile(), 39);
      copy.losePower(new RandomStream(`${seed}`), 40);
      expect(copy.file('old')).not.toBe(null);
      if (copy.file('young') !== null) youngSeen++;
    }
    expect(youngSeen).toBeGreaterThan(0);
    expect(youngSeen).toBeLessThan(40);
  });

  it('syncing every folder makes any history of changes durable', () => {
    const path = fc.constantFrom('x', 'y', 'a/x', 'a/y');
    const change = fc.record({ kind: fc.constantFrom('create', 'remove', 'rename', 'sync'), path, to: path, folder: fc.constantFrom('', 'a') });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 15 }), fc.string(), (changes, seed) => {
        const tree = new FolderTree(Infinity);
        tree.makeFolder('a', 0);
        for (const { kind, path: from, to, folder } of changes) {
          if (kind === 'sync') tree.persist(folder, tree.lastChange);
          else if (kind === 'create') {
            if (tree.file(from) === null) tree.create(from, newFile(), 0);
          } else if (tree.file(from) !== null) {
            if (kind === 'remove') tree.remove(from, 0);
            else if (from !== to) tree.rename(from, to, 0);
          }
        }
        tree.persist('', tree.lastChange);
        tree.persist('a', tree.lastChange);
        const before = tree.files();
        tree.losePower(new RandomStream(seed), 0);
        expect(tree.files()).toEqual(before);
      }),
      { numRuns: 200 },
    );
  });
});
