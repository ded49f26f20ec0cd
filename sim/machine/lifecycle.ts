/** `off`: no power. `down`: powered, but no process. */
export type MachineState = 'off' | 'down' | 'running' | 'paused';

export type MachineEvent = 'start' | 'kill' | 'pause' | 'resume' | 'power-loss' | 'power-on';

/**
 * What becomes of a machine. An event that means nothing in a state leaves it as it is. A process that was killed while it
 * was paused is gone: the one that is started afterwards is not paused.
 *
 * |         | start   | kill | pause  | resume  | power-loss | power-on |
 * | ------- | ------- | ---- | ------ | ------- | ---------- | -------- |
 * | off     |         |      |        |         |            | down     |
 * | down    | running |      |        |         | off        |          |
 * | running |         | down | paused |         | off        |          |
 * | paused  |         | down |        | running | off        |          |
 */
export const MACHINE_LIFECYCLE: Readonly<Record<MachineState, Readonly<Record<MachineEvent, MachineState>>>> = {
  off: { 'start': 'off', 'kill': 'off', 'pause': 'off', 'resume': 'off', 'power-loss': 'off', 'power-on': 'down' },
  down: { 'start': 'running', 'kill': 'down', 'pause': 'down', 'resume': 'down', 'power-loss': 'off', 'power-on': 'down' },
  running: { 'start': 'running', 'kill': 'down', 'pause': 'paused', 'resume': 'running', 'power-loss': 'off', 'power-on': 'running' },
  paused: { 'start': 'paused', 'kill': 'down', 'pause': 'paused', 'resume': 'running', 'power-loss': 'off', 'power-on': 'paused' },
};
