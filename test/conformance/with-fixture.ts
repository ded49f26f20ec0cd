import type { DiskError, DiskFile } from '../../engine/index.js';
import type { CreateFixture, HostedNode, HostFixture } from './host-suite.js';

/** A test's body with a fresh fixture that is disposed of whatever happens. */
export function withFixture(create: CreateFixture, body: (fixture: HostFixture) => Promise<void>): () => Promise<void> {
  return async () => {
    const fixture = await create();
    try {
      await body(fixture);
    } finally {
      await fixture.dispose();
    }
  };
}

export interface Outcome<T> {
  readonly error: DiskError | null;
  readonly value: T;
}

/**
 * Starts an operation and lets time pass until its callback ran. Fails when the callback ran inside the call: the first
 * rule of a host holds for every operation of every test.
 */
export async function outcomeOf<T = void>(
  fixture: HostFixture,
  start: (callback: (error: DiskError | null, value: T) => void) => void,
): Promise<Outcome<T>> {
  const outcomes: Outcome<T>[] = [];
  start((error, value) => outcomes.push({ error, value }));
  if (outcomes.length > 0) throw new Error('the callback ran inside the call that started the operation');
  await fixture.until(() => outcomes.length > 0);
  const [outcome] = outcomes;
  if (outcomes.length !== 1 || outcome === undefined) throw new Error(`the callback ran ${outcomes.length} times`);
  return outcome;
}

/** The value of an operation that must succeed. */
export async function resultOf<T = void>(
  fixture: HostFixture,
  start: (callback: (error: DiskError | null, value: T) => void) => void,
): Promise<T> {
  const outcome = await outcomeOf(fixture, start);
  if (outcome.error !== null) throw outcome.error;
  return outcome.value;
}

export async function openFile(fixture: HostFixture, node: HostedNode, path: string): Promise<DiskFile> {
  const file = await resultOf<DiskFile | null>(fixture, (done) => node.host.disk.open(path, { create: true }, done));
  if (file === null) throw new Error(`${path} was opened without a file`);
  return file;
}

export async function writeAll(fixture: HostFixture, file: DiskFile, offsetBytes: number, bytes: Uint8Array): Promise<void> {
  await resultOf(fixture, (done) => file.write(offsetBytes, bytes, done));
}

export async function readAll(fixture: HostFixture, file: DiskFile): Promise<Uint8Array> {
  return resultOf<Uint8Array>(fixture, (done) => file.read(0, file.sizeBytes, done));
}

export function bytesOf(...values: number[]): Uint8Array {
  return Uint8Array.from(values);
}
