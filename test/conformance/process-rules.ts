import { expect, it } from 'vitest';
import type { CreateFixture } from './host-suite.js';
import { connect, listen } from './network-rules.js';
import { bytesOf, openFile, readAll, withFixture, writeAll } from './with-fixture.js';

export function processRules(create: CreateFixture): void {
  it(
    'after its process has ended no callback of an incarnation runs',
    withFixture(create, async (fixture) => {
      const accepted = listen(fixture.two);
      const file = await openFile(fixture, fixture.one, 'log');
      const party = connect(fixture.one, fixture.two.address);
      await fixture.until(() => party.heard.length > 0);
      const late: string[] = [];
      const { disk, timers } = fixture.one.host;
      timers.create(() => late.push('timer')).arm(1000);
      timers.create(() => late.push('timer at once')).arm(0);
      file.write(0, bytesOf(1), () => late.push('write'));
      file.sync(() => late.push('sync'));
      file.read(0, 1, () => late.push('read'));
      disk.list('', () => late.push('list'));
      disk.open('other', { create: true }, () => late.push('open'));
      accepted[0]!.send(1);
      party.send(2);
      const opening = connect(fixture.one, fixture.two.address);
      fixture.one.end();
      await fixture.elapse(50_000);
      expect(late).toEqual([]);
      expect(party.heard).toEqual(['open']);
      expect(opening.heard).toEqual([]);
    }),
  );

  it(
    'the peers of a process that was killed see a reset',
    withFixture(create, async (fixture) => {
      const accepted = listen(fixture.two);
      const party = connect(fixture.one, fixture.two.address);
      await fixture.until(() => party.heard.length > 0);
      fixture.two.end();
      await fixture.until(() => party.heard.includes('reset'));
      expect(accepted[0]!.heard).toEqual(['open']);
      const again = connect(fixture.one, fixture.two.address);
      await fixture.until(() => again.heard.length > 0);
      expect(again.heard).toEqual(['reset']);
    }),
  );

  it(
    'the next incarnation finds what was written, and is reached anew',
    withFixture(create, async (fixture) => {
      const file = await openFile(fixture, fixture.two, 'log');
      await writeAll(fixture, file, 0, bytesOf(1, 2, 3));
      listen(fixture.two);
      fixture.two.end();
      fixture.two.restart();
      const accepted = listen(fixture.two);
      expect(await readAll(fixture, await openFile(fixture, fixture.two, 'log'))).toEqual(bytesOf(1, 2, 3));
      const party = connect(fixture.one, fixture.two.address);
      party.send(5);
      await fixture.until(() => accepted[0]?.numbers.length === 1);
      expect(accepted).toHaveLength(1);
    }),
  );

  it(
    'what a dead incarnation still holds does nothing',
    withFixture(create, async (fixture) => {
      const late: string[] = [];
      const dead = fixture.two.host;
      const timer = dead.timers.create(() => late.push('timer'));
      fixture.two.end();
      fixture.two.restart();
      const accepted = listen(fixture.two);
      timer.arm(0);
      dead.disk.makeDirectory('from-the-dead', () => late.push('made'));
      dead.network.connect(fixture.one.address, {
        onOpen: () => late.push('opened'),
        onMessage: () => late.push('message'),
        onClose: () => late.push('closed'),
      });
      await fixture.elapse(20_000);
      expect(late).toEqual([]);
      expect(timer.armed).toBe(false);
      const party = connect(fixture.one, fixture.two.address);
      await fixture.until(() => party.heard.length > 0);
      expect(party.heard).toEqual(['open']);
      expect(accepted).toHaveLength(1);
    }),
  );
}
