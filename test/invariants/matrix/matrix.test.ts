import { describe, expect, it } from 'vitest';
import { StopCause } from '../../../history/index.js';
import { type Circumstance, CIRCUMSTANCES, INVARIANT_CONTRACTS, INVARIANTS, NOT_PROMISED, type NotPromisedId } from '../../../invariants/index.js';
import { history } from '../history-builder.js';
import { ACQUITTING, CONVICTING } from './convicting.js';
import { EXCUSED } from './excused.js';
import { NOT_PROMISED_HISTORIES } from './not-promised.js';

describe.each(INVARIANTS)('$id', ({ id }) => {
  const { excusedBy } = INVARIANT_CONTRACTS[id];

  it('alone convicts its bad history, and says something about it', () => {
    const run = CONVICTING[id]();
    expect(run.withVerdict('violated')).toEqual([id]);
    expect(run.verdict(id)).toMatchObject({ met: false, contract: '' });
    expect(run.verdict(id).first?.text).toMatch(/\w/);
  });

  it('acquits its good history, which puts it to the test', () => {
    const run = ACQUITTING[id]();
    expect(run.verdict(id)).toMatchObject({ verdict: 'holds', count: 0, first: null });
    expect(run.withVerdict('violated')).toEqual([]);
  });

  it('has a history for each circumstance that its contract lists, and for no other', () => {
    expect(Object.keys(EXCUSED[id]).sort()).toEqual([...excusedBy].sort());
  });

  if (excusedBy.length > 0) {
    it.each(excusedBy)('takes a breach for an anomaly under %s', (circumstance: Circumstance) => {
      const run = EXCUSED[id][circumstance]!();
      expect(run.verdict(id)).toMatchObject({ verdict: 'anomaly', met: true, contract: CIRCUMSTANCES[circumstance].because });
      expect(run.verdict(id).first?.text).toMatch(/\w/);
      expect(run.withVerdict('violated')).toEqual([]);
    });
  }
});

describe('a send whose outcome is unknown', () => {
  it('may never have been stored: no loss', () => {
    const run = history().life(9).invoke(1).sendInfo(1).drained();
    expect(run.verdict('acked-send-not-lost')).toMatchObject({ verdict: 'holds', exercised: 1 });
    expect(run.withVerdict('violated')).toEqual([]);
  });

  it('may have been stored and be lost again: no loss either, whatever took it', () => {
    const run = history().life(9).invoke(1).accept(1).sendInfo(1).restart(StopCause.kill).drained();
    expect(run.withVerdict('violated')).toEqual([]);
  });

  it('may turn up: no phantom, and no failed send', () => {
    const run = history().invoke(1).accept(1).sendInfo(1).received(1).effect(1).acked(1).drained();
    expect(run.verdict('no-phantom').verdict).toBe('holds');
    expect(run.withVerdict('violated')).toEqual([]);
  });

  it('may turn up after its producer gave up or died, and once for each attempt, but not once more', () => {
    const twice = history().invoke(1).attempt(1, 2).sendInfo(1).at(5).accept(1, 1).accept(1, 2).received(1).acked(1).received(2).acked(2).drained();
    expect(twice.withVerdict('violated')).toEqual([]);
    const dead = history().invoke(1).stop(StopCause.kill, 'producer-1').at(5).accept(1, 1).received(1).acked(1).drained();
    expect(dead.withVerdict('violated')).toEqual([]);
    expect(history().invoke(1).accept(1, 1).sendInfo(1).accept(1, 2).withVerdict('violated')).toEqual(['no-phantom']);
  });
});

describe.each(Object.keys(NOT_PROMISED) as NotPromisedId[])('%s is promised by nobody', (id) => {
  const { acquitted, convicted } = NOT_PROMISED_HISTORIES[id];

  it.each(Object.keys(acquitted))('%s: nothing is flagged', (name) => {
    const run = acquitted[name]!();
    expect(run.withVerdict('violated')).toEqual([]);
    expect(run.withVerdict('inconclusive')).toEqual([]);
  });

  it.each(convicted)('beyond it, $as is broken', ({ as, run }) => {
    expect(run().withVerdict('violated')).toContain(as);
    expect(run().verdict(as).first?.text).toMatch(/\w/);
  });
});
