import { expect, it } from 'vitest';
import type { CreateFixture } from './host-suite.js';
import { bytesOf, openFile, outcomeOf, readAll, resultOf, withFixture, writeAll } from './with-fixture.js';

export function diskFileRules(create: CreateFixture): void {
  it(
    'what was written is read back',
    withFixture(create, async (fixture) => {
      const file = await openFile(fixture, fixture.one, 'log');
      expect(file.sizeBytes).toBe(0);
      await writeAll(fixture, file, 0, bytesOf(1, 2, 3));
      await writeAll(fixture, file, 3, bytesOf(4, 5));
      await writeAll(fixture, file, 1, bytesOf(9));
      expect(file.sizeBytes).toBe(5);
      expect(await readAll(fixture, file)).toEqual(bytesOf(1, 9, 3, 4, 5));
      await resultOf(fixture, (done) => file.sync(done));
    }),
  );

  it(
    'large writes and reads keep every byte',
    withFixture(create, async (fixture) => {
      const file = await openFile(fixture, fixture.one, 'large');
      const bytes = Uint8Array.from({ length: 300_001 }, (_, index) => (index * 7919) >>> 3);
      await writeAll(fixture, file, 11, bytes);
      const read = await resultOf<Uint8Array>(fixture, (done) => file.read(11, bytes.length, done));
      expect(read.length).toBe(bytes.length);
      expect(read.every((value, index) => value === bytes[index])).toBe(true);
    }),
  );

  it(
    'bytes are taken at the call: the caller may reuse its buffer at once',
    withFixture(create, async (fixture) => {
      const file = await openFile(fixture, fixture.one, 'log');
      const buffer = bytesOf(1, 2, 3);
      let written = 0;
      file.write(0, buffer, () => written++);
      buffer.fill(0);
      await fixture.until(() => written === 1);
      expect(await readAll(fixture, file)).toEqual(bytesOf(1, 2, 3));
    }),
  );

  it(
    "the result of a read is the caller's",
    withFixture(create, async (fixture) => {
      const file = await openFile(fixture, fixture.one, 'log');
      await writeAll(fixture, file, 0, bytesOf(1, 2, 3));
      (await readAll(fixture, file)).fill(0);
      expect(await readAll(fixture, file)).toEqual(bytesOf(1, 2, 3));
    }),
  );

  it(
    'a read at the end is short, and beyond it empty',
    withFixture(create, async (fixture) => {
      const file = await openFile(fixture, fixture.one, 'log');
      await writeAll(fixture, file, 0, bytesOf(1, 2, 3));
      expect(await resultOf<Uint8Array>(fixture, (done) => file.read(2, 100, done))).toEqual(bytesOf(3));
      expect(await resultOf<Uint8Array>(fixture, (done) => file.read(3, 100, done))).toEqual(bytesOf());
      expect(await resultOf<Uint8Array>(fixture, (done) => file.read(1000, 100, done))).toEqual(bytesOf());
    }),
  );

  it(
    'a gap reads as zeros, also where bytes were cut off before',
    withFixture(create, async (fixture) => {
      const file = await openFile(fixture, fixture.one, 'log');
      await writeAll(fixture, file, 0, bytesOf(1, 2, 3, 4));
      await resultOf(fixture, (done) => file.truncate(1, done));
      expect(file.sizeBytes).toBe(1);
      await writeAll(fixture, file, 5, bytesOf(6));
      expect(await readAll(fixture, file)).toEqual(bytesOf(1, 0, 0, 0, 0, 6));
      await resultOf(fixture, (done) => file.truncate(8, done));
      expect(await readAll(fixture, file)).toEqual(bytesOf(1, 0, 0, 0, 0, 6, 0, 0));
    }),
  );

  it(
    "callbacks of one file run in the order of their calls, and a read sees what was written before it",
    withFixture(create, async (fixture) => {
      const file = await openFile(fixture, fixture.one, 'log');
      const order: string[] = [];
      let seen: Uint8Array = bytesOf();
      file.write(0, new Uint8Array(200_000), () => order.push('large write'));
      file.write(0, bytesOf(7), () => order.push('small write'));
      file.sync(() => order.push('sync'));
      file.read(0, 2, (_, bytes) => {
        seen = bytes;
        order.push('read');
      });
      file.truncate(1, () => order.push('truncate'));
      file.write(1, bytesOf(8), () => order.push('last write'));
      expect(order).toEqual([]);
      await fixture.until(() => order.length === 6);
      expect(order).toEqual(['large write', 'small write', 'sync', 'read', 'truncate', 'last write']);
      expect(seen[0]).toBe(7);
      expect(await readAll(fixture, file)).toEqual(bytesOf(7, 8));
    }),
  );

  it(
    'two files are two files, and two handles of one file are one',
    withFixture(create, async (fixture) => {
      const file = await openFile(fixture, fixture.one, 'a');
      const again = await openFile(fixture, fixture.one, 'a');
      const other = await openFile(fixture, fixture.one, 'b');
      await writeAll(fixture, file, 0, bytesOf(1));
      expect(await resultOf<Uint8Array>(fixture, (done) => again.read(0, 10, done))).toEqual(bytesOf(1));
      expect(await resultOf<Uint8Array>(fixture, (done) => other.read(0, 10, done))).toEqual(bytesOf());
    }),
  );

  it(
    'a closed file answers EBADF',
    withFixture(create, async (fixture) => {
      const file = await openFile(fixture, fixture.one, 'log');
      await writeAll(fixture, file, 0, bytesOf(1));
      file.close();
      file.close();
      const outcomes = [
        await outcomeOf(fixture, (done) => file.write(0, bytesOf(2), done)),
        await outcomeOf<Uint8Array>(fixture, (done) => file.read(0, 1, done)),
        await outcomeOf(fixture, (done) => file.sync(done)),
        await outcomeOf(fixture, (done) => file.truncate(0, done)),
      ];
      expect(outcomes.map((outcome) => outcome.error?.code)).toEqual(['EBADF', 'EBADF', 'EBADF', 'EBADF']);
      expect(outcomes.map((outcome) => outcome.error?.path)).toEqual(['log', 'log', 'log', 'log']);
      expect(await readAll(fixture, await openFile(fixture, fixture.one, 'log'))).toEqual(bytesOf(1));
    }),
  );
}
