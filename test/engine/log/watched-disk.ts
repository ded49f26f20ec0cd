import { DiskError, type DiskErrorCode, type DiskFile, type DiskPort } from '../../../engine/index.js';

/** Notes what is asked of a disk, and lets single operations fail without being done. */
export class WatchedDisk {
  /** Such as `write 0000000000000000.log 32+128`. */
  readonly calls: string[] = [];
  /** The error that an operation is to end with, if any. */
  fail: (call: string) => DiskErrorCode | null = () => null;

  readonly wrap = (disk: DiskPort): DiskPort => ({
    freeBytes: () => disk.freeBytes(),
    list: (directory, callback) => this.#do('list', directory, (error) => callback(error, []), () => disk.list(directory, callback), disk),
    makeDirectory: (directory, callback) => this.#do('makeDirectory', directory, callback, () => disk.makeDirectory(directory, callback), disk),
    open: (path, options, callback) => this.#do(options.create ? 'create' : 'open', path, (error) => callback(error, null), () => {
      disk.open(path, options, (error, file) => callback(error, file === null ? null : this.#wrapFile(file, path, disk)));
    }, disk),
    remove: (path, callback) => this.#do('remove', path, callback, () => disk.remove(path, callback), disk),
    rename: (from, to, callback) => this.#do('rename', from, callback, () => disk.rename(from, to, callback), disk),
    syncDirectory: (directory, callback) => this.#do('syncDirectory', directory, callback, () => disk.syncDirectory(directory, callback), disk),
  });

  #wrapFile(file: DiskFile, path: string, disk: DiskPort): DiskFile {
    return {
      get sizeBytes() {
        return file.sizeBytes;
      },
      write: (offset, bytes, callback) =>
        this.#do('write', path, callback, () => file.write(offset, bytes, callback), disk, `${offset}+${bytes.length}`),
      read: (offset, length, callback) =>
        this.#do('read', path, (error) => callback(error, new Uint8Array(0)), () => file.read(offset, length, callback), disk),
      sync: (callback) => this.#do('sync', path, callback, () => file.sync(callback), disk),
      truncate: (length, callback) => this.#do('truncate', path, callback, () => file.truncate(length, callback), disk, String(length)),
      close: () => file.close(),
    };
  }

  #do(operation: string, path: string, onError: (error: DiskError) => void, go: () => void, disk: DiskPort, detail = ''): void {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const call = `${operation} ${name}${detail === '' ? '' : ` ${detail}`}`;
    this.calls.push(call);
    const code = this.fail(call);
    if (code === null) return go();
    // Some operation that succeeds, so that the callback comes when the disk would call.
    disk.list('', () => onError(new DiskError(code, path, operation)));
  }
}
