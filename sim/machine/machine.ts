import { EventKind, type EventSink, type NameId, StopCause } from '../../history/index.js';
import type { Host, RandomPort } from '../../engine/index.js';
import { ActiveFactors, type FactorHold } from '../active-factors.js';
import { MachineClock, MachineTimers } from '../clock/index.js';
import { ProcessDisk, SimDisk } from '../disk/index.js';
import { ServiceFront } from '../front/index.js';
import type { Kernel, RandomStreams } from '../kernel/index.js';
import { type EndNode, ProcessNetwork, type SimNetwork } from '../network/index.js';
import { Cpu, Process } from '../process/index.js';
import { MACHINE_LIFECYCLE, type MachineEvent, type MachineState } from './lifecycle.js';
import type { MachineSettings } from './settings.js';

/** What all machines of a world share. */
export interface MachineSurroundings {
  readonly kernel: Kernel;
  readonly streams: RandomStreams;
  readonly network: SimNetwork;
  readonly sink: EventSink;
}

/** A machine that was on for up to so long when the run began: where its monotonic clock starts. */
const MAX_UPTIME_MICROS = 86_400_000_000;

/** What cores can be slowed down to; several slow-downs at once reach no further. */
const MIN_SLOWDOWN = 0.001;
const MAX_SLOWDOWN = 1_000_000;

/** Incarnations are counted from 1. */
const NO_INCARNATION = 0;

/**
 * A host of the simulated world: cores, clock, disk, a place in the network, and a process that is started, killed and paused
 * on it. Faults act on it; the code of the process knows its `Host` alone.
 */
export class Machine {
  readonly name: string;
  readonly clock: MachineClock;
  readonly disk: SimDisk;
  readonly node: EndNode;
  /** Its cores; null when work costs nothing. */
  readonly cpu: Cpu | null;
  readonly #slowness = new ActiveFactors();
  readonly #surroundings: MachineSurroundings;
  readonly #settings: MachineSettings<Machine>;
  readonly #nameId: NameId;
  readonly #random: RandomPort;
  readonly #bootRandom: RandomPort;
  readonly #crashHooks: ((cause: StopCause) => void)[] = [];
  #state: MachineState = 'down';
  #incarnation = 0;
  /** How many faults keep it down, without power, and paused. */
  #downHolds = 0;
  #powerHolds = 0;
  #pauseHolds = 0;
  #process: Process | null = null;
  #front: ServiceFront | null = null;
  #timers: MachineTimers | null = null;

  constructor(surroundings: MachineSurroundings, settings: MachineSettings<Machine>) {
    const { kernel, streams, network, sink } = surroundings;
    const { name, cores, costs } = settings;
    this.name = name;
    this.cpu = costs === null ? null : new Cpu(kernel, cores, costs);
    this.clock = new MachineClock(kernel, settings.clock);
    this.clock.whenRateChanges(() => this.#timers?.retime());
    this.disk = new SimDisk({ kernel, streams, name, settings: settings.disk });
    this.node = network.node(name);
    this.#surroundings = surroundings;
    this.#settings = settings;
    this.#nameId = sink.name(name);
    this.#random = streams.stream(`machine/${name}`);
    this.#bootRandom = streams.stream(`machine/${name}/power-on`);
    this.#resetMonotonicClock();
  }

  get state(): MachineState {
    return this.#state;
  }

  /** How often its process was started. */
  get incarnation(): number {
    return this.#incarnation;
  }

  /** What stands before its process, for what is answered there. Without it nothing does. */
  get front(): ServiceFront {
    this.node.front = this.#front ??= new ServiceFront();
    return this.#front;
  }

  /** Called whenever its process ends, after its memory and connections are gone. */
  onCrash(hook: (cause: StopCause) => void): void {
    this.#crashHooks.push(hook);
  }

  /** What work of so long takes on this machine at present. */
  serviceMicros(micros: number): number {
    return Math.round(micros * this.#slowness.product);
  }

  /** Multiplies all service times, of its cores and of handlers that ask `serviceMicros`, until it ends. */
  beginSlowDown(factor: number): FactorHold {
    const hold = this.#slowness.add(factor);
    this.#slowCores();
    return hold;
  }

  endSlowDown(hold: FactorHold): void {
    this.#slowness.remove(hold);
    this.#slowCores();
  }

  /** Starts the process, with the next incarnation. No effect without power, or while one runs. */
  start(): void {
    if (!this.#move('start')) return;
    const { kernel, network, sink } = this.#surroundings;
    const process = new Process(++this.#incarnation, this.cpu);
    const timers = new MachineTimers(kernel, this.clock, process);
    this.#process = process;
    this.#timers = timers;
    this.node.begin(process);
    const host: Host = {
      clock: this.clock,
      timers,
      disk: new ProcessDisk(this.disk, process),
      network: new ProcessNetwork(network, this.node, process),
      random: this.#random,
    };
    sink.emit(EventKind.nodeStart, this.#nameId, 0, 0, 0, 0, this.#incarnation, 0, 0);
    this.#settings.boot(host, this);
  }

  /** Ends the process: memory and connections are lost, peers see a reset, the page cache stays. */
  kill(cause: StopCause = StopCause.kill): void {
    if (this.#move('kill')) this.#endProcess(cause, false);
  }

  /** Brings back power and process, whatever was the matter. */
  recover(): void {
    this.#downHolds = 0;
    this.#powerHolds = 0;
    this.#startUnlessHeld();
  }

  /** Kills the process and keeps it down until released as often as held. */
  holdDown(): void {
    this.#downHolds++;
    this.kill();
  }

  releaseDown(): void {
    if (this.#downHolds > 0) this.#downHolds--;
    this.#startUnlessHeld();
  }

  /** Takes the power away: what was not synced is lost by the disk's model, and peers see silence. */
  holdUnpowered(random: RandomPort): void {
    this.#powerHolds++;
    const hasProcess = this.#process !== null;
    if (!this.#move('power-loss')) return;
    this.node.isPowered = false;
    if (hasProcess) this.#endProcess(StopCause.powerLoss, true);
    this.disk.losePower(random);
  }

  releaseUnpowered(): void {
    if (this.#powerHolds > 0) this.#powerHolds--;
    this.#startUnlessHeld();
  }

  /** Stops everything that runs on the machine; the clocks go on. Returns what `releasePaused` takes. */
  holdPaused(): number {
    // What is started later is another process, which nobody has paused.
    if (this.#process === null) return NO_INCARNATION;
    this.#pauseHolds++;
    if (this.#move('pause')) this.#process!.pause();
    return this.#incarnation;
  }

  /** Lets everything that was held back happen now. Without effect when the process that was paused has ended. */
  releasePaused(incarnation: number): void {
    if (incarnation !== this.#incarnation || this.#pauseHolds === 0) return;
    this.#pauseHolds--;
    if (this.#pauseHolds === 0 && this.#move('resume')) this.#process!.resume();
  }

  /** Puts an empty disk in. The process, which cannot go on without its files, ends. */
  replaceDisk(): void {
    this.kill();
    this.disk.replace();
  }

  #startUnlessHeld(): void {
    if (this.#powerHolds > 0) return;
    if (this.#move('power-on')) {
      this.node.isPowered = true;
      this.#resetMonotonicClock();
    }
    if (this.#downHolds === 0) this.start();
  }

  #move(event: MachineEvent): boolean {
    const next = MACHINE_LIFECYCLE[this.#state][event];
    if (next === this.#state) return false;
    this.#state = next;
    return true;
  }

  #endProcess(cause: StopCause, isSilent: boolean): void {
    this.#process!.end();
    this.#process = null;
    this.#pauseHolds = 0;
    this.#timers!.end();
    this.#timers = null;
    this.node.end(isSilent);
    this.#surroundings.sink.emit(EventKind.nodeStop, this.#nameId, 0, 0, 0, 0, cause, 0, 0);
    for (const hook of this.#crashHooks) hook(cause);
  }

  #slowCores(): void {
    this.cpu?.pool.setSlowdown(Math.min(Math.max(this.#slowness.product, MIN_SLOWDOWN), MAX_SLOWDOWN));
  }

  #resetMonotonicClock(): void {
    this.clock.reboot(Math.floor(this.#bootRandom.nextFloat() * MAX_UPTIME_MICROS));
  }
}
