import type { RandomPort } from '../../engine/index.js';
import type { StoredFile } from './stored-file.js';

/** Which names exist, and which file each means. The root folder is the empty name and always exists. */
interface Names {
  readonly files: Map<string, StoredFile>;
  readonly folders: Set<string>;
}

/** A change of names that the device may not have yet. A rename is one change: it is there whole or not at all. */
interface FolderChange {
  readonly kind: 'create' | 'remove' | 'rename' | 'folder';
  readonly path: string;
  /** New name; of a rename only. */
  readonly to: string;
  /** Null for a folder. */
  readonly file: StoredFile | null;
  readonly serial: number;
  readonly atMicros: number;
  /** Folders that were not synced since. */
  readonly unsynced: Set<string>;
}

/** The probability that a change which was not synced is on the device after a loss of power. */
const CHANGE_APPLIED = 0.5;

/**
 * The names on a disk as the page cache has them, and the changes that are not durable yet. A change is durable once every
 * folder it touches was synced after it, once a later change of the same names is, or once the system has written it back by
 * itself.
 */
export class FolderTree {
  #names: Names = emptyNames();
  #durable: Names = emptyNames();
  #pending: FolderChange[] = [];
  #serial = 0;
  readonly #writebackMicros: number;

  constructor(writebackMicros: number) {
    this.#writebackMicros = writebackMicros;
  }

  file(path: string): StoredFile | null {
    return this.#names.files.get(path) ?? null;
  }

  hasFolder(path: string): boolean {
    return this.#names.folders.has(path);
  }

  /** Every file with its name, in ascending order of names. */
  files(): [string, StoredFile][] {
    return [...this.#names.files].sort(byName);
  }

  /** Names of the files and folders right in a folder, in ascending order. */
  list(folder: string): string[] {
    const names: string[] = [];
    for (const path of [...this.#names.files.keys(), ...this.#names.folders]) {
      if (path !== '' && parentOf(path) === folder) names.push(path.slice(folder === '' ? 0 : folder.length + 1));
    }
    return names.sort();
  }

  create(path: string, file: StoredFile, nowMicros: number): void {
    this.#change('create', path, path, file, nowMicros);
  }

  remove(path: string, nowMicros: number): void {
    this.#change('remove', path, path, this.file(path), nowMicros);
  }

  rename(from: string, to: string, nowMicros: number): void {
    this.#change('rename', from, to, this.file(from), nowMicros);
  }

  makeFolder(path: string, nowMicros: number): void {
    this.#change('folder', path, path, null, nowMicros);
  }

  /** Number of the last change: what a sync that is called now will make durable. */
  get lastChange(): number {
    return this.#serial;
  }

  /** The sync of a folder has completed, for all changes up to `serial`. */
  persist(folder: string, serial: number): void {
    for (const change of this.#pending) if (change.serial <= serial) change.unsynced.delete(folder);
    const durable = withWhatTheyFollow(this.#pending, (change) => change.unsynced.size === 0);
    this.#settle((change) => durable.has(change));
  }

  /** Each change that is not durable is there afterwards or not; what is in no folder then is lost. */
  losePower(random: RandomPort, nowMicros: number): void {
    const writtenBack = nowMicros - this.#writebackMicros;
    this.#settle((change) => change.atMicros <= writtenBack);
    this.#settle(() => random.nextFloat() < CHANGE_APPLIED);
    this.#pending = [];
    dropOrphans(this.#durable);
    this.#names = { files: new Map(this.#durable.files), folders: new Set(this.#durable.folders) };
  }

  #change(kind: FolderChange['kind'], path: string, to: string, file: StoredFile | null, nowMicros: number): void {
    const unsynced = new Set([parentOf(path), parentOf(to)]);
    const change = { kind, path, to, file, serial: ++this.#serial, atMicros: nowMicros, unsynced };
    apply(change, this.#names);
    const writtenBack = nowMicros - this.#writebackMicros;
    if (this.#pending.length > 0 && this.#pending[0]!.atMicros <= writtenBack) this.#settle((old) => old.atMicros <= writtenBack);
    this.#pending.push(change);
  }

  /** Makes durable, in their order, the pending changes that `isDurable` picks. */
  #settle(isDurable: (change: FolderChange) => boolean): void {
    this.#pending = this.#pending.filter((change) => {
      if (!isDurable(change)) return true;
      apply(change, this.#durable);
      return false;
    });
  }
}

/** The changes that `isDurable` picks, and those before them that concern the same names: a journal keeps their order. */
function withWhatTheyFollow(changes: readonly FolderChange[], isDurable: (change: FolderChange) => boolean): Set<FolderChange> {
  const picked = new Set<FolderChange>();
  const names = new Set<string>();
  for (const change of changes.toReversed()) {
    if (!isDurable(change) && !names.has(change.path) && !names.has(change.to)) continue;
    picked.add(change);
    names.add(change.path).add(change.to);
  }
  return picked;
}

export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

function emptyNames(): Names {
  return { files: new Map(), folders: new Set(['']) };
}

function apply(change: FolderChange, names: Names): void {
  const { kind, path, file } = change;
  if (kind === 'folder' || file === null) names.folders.add(path);
  else if (kind === 'create') names.files.set(path, file);
  else {
    if (names.files.get(path) === file) names.files.delete(path);
    if (kind === 'rename') names.files.set(change.to, file);
  }
}

/** Removes what lies in a folder that does not exist. */
function dropOrphans(names: Names): void {
  // Shorter names first, so that a folder is judged before what it holds.
  for (const folder of [...names.folders].sort()) {
    if (folder !== '' && !names.folders.has(parentOf(folder))) names.folders.delete(folder);
  }
  for (const path of names.files.keys()) if (!names.folders.has(parentOf(path))) names.files.delete(path);
}

function byName(one: [string, StoredFile], other: [string, StoredFile]): number {
  if (one[0] === other[0]) return 0;
  return one[0] < other[0] ? -1 : 1;
}
