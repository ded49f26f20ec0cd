import { describe, expect, it } from 'vitest';
import { MACHINE_LIFECYCLE, type MachineEvent, type MachineState } from '../../../sim/index.js';
import { TestWorld } from '../a-world.js';

/** Does to a machine what the table calls by this name. */
function strike(test: TestWorld, event: MachineEvent): void {
  const machine = test.machine('a');
  if (event === 'start') machine.start();
  else if (event === 'kill') machine.kill();
  else if (event === 'pause') machine.holdPaused();
  else if (event === 'resume') machine.releasePaused(machine.incarnation);
  else if (event === 'power-loss') machine.holdUnpowered(test.world.streams.stream('x'));
}

const WAY_TO: Readonly<Record<MachineState, readonly MachineEvent[]>> = {
  off: ['start', 'power-loss'],
  down: [],
  running: ['start'],
  paused: ['start', 'pause'],
};

const states = Object.keys(MACHINE_LIFECYCLE) as MachineState[];
const events = ['start', 'kill', 'pause', 'resume', 'power-loss'] as const;

describe('a machine', () => {
  it.each(states.flatMap((state) => events.map((event) => [state, event] as const)))('that is %s obeys its table at %s', (state, event) => {
    const test = new TestWorld(['a']);
    for (const step of WAY_TO[state]) strike(test, step);
    expect(test.machine('a').state).toBe(state);
    strike(test, event);
    expect(test.machine('a').state).toBe(MACHINE_LIFECYCLE[state][event]);
  });

  it('gets its power back when nothing takes it, and its process when nothing keeps it down', () => {
    const test = new TestWorld(['a']).started();
    const machine = test.machine('a');
    const random = test.world.streams.stream('x');
    machine.holdUnpowered(random);
    machine.holdDown();
    machine.holdUnpowered(random);
    machine.releaseUnpowered();
    expect(machine.state).toBe('off');
    machine.releaseUnpowered();
    expect(machine.state).toBe('down');
    machine.releaseDown();
    expect(machine.state).toBe('running');
    expect(machine.incarnation).toBe(2);
  });

  it('goes on when its last pause ends; a pause of an incarnation that has ended holds nothing', () => {
    const test = new TestWorld(['a']).started();
    const machine = test.machine('a');
    const first = machine.holdPaused();
    const second = machine.holdPaused();
    machine.releasePaused(first);
    expect(machine.state).toBe('paused');
    machine.releasePaused(second);
    expect(machine.state).toBe('running');
    const old = machine.holdPaused();
    machine.kill();
    machine.start();
    const current = machine.holdPaused();
    machine.releasePaused(old);
    expect(machine.state).toBe('paused');
    machine.releasePaused(current);
    expect(machine.state).toBe('running');
  });

  it('knows nothing of a pause that began while no process ran: later ones end when they end', () => {
    const test = new TestWorld(['a']).started();
    const machine = test.machine('a');
    machine.holdUnpowered(test.world.streams.stream('x'));
    const early = machine.holdPaused();
    machine.releaseUnpowered();
    machine.releasePaused(early);
    const later = machine.holdPaused();
    machine.releasePaused(later);
    expect(machine.state).toBe('running');
  });

  it('recovers from everything at once', () => {
    const test = new TestWorld(['a']).started();
    const machine = test.machine('a');
    machine.holdDown();
    machine.holdUnpowered(test.world.streams.stream('x'));
    machine.recover();
    expect(machine.state).toBe('running');
  });
});
