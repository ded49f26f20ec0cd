import { BlockReason } from '../../../history/index.js';
import type { DiskPort, TimerHandle, TimerPort } from '../../host.js';

/** The disk is looked at sooner the sooner it could be full. (RabbitMQ: rabbit_disk_monitor, FAST_RATE and its two bounds.) */
const FASTEST_BYTES_PER_MILLI = 250_000;
const MIN_INTERVAL_MILLIS = 100;
const MAX_INTERVAL_MILLIS = 10_000;
const MICROS_PER_MILLI = 1_000;

export interface AlarmLimits {
  /** Above this in messages, memory is short. */
  readonly memoryLimitBytes: number;
  /** How often memory is looked at. */
  readonly memoryCheckMicros: number;
  /** Below this, disk space is short. */
  readonly diskFreeLimitBytes: number;
}

/**
 * Whether the broker is short of memory or of disk space. Both are looked at every so often, so that more may come meanwhile than there is room for.
 *
 * | alarm ╲ it is found | short of memory | short of disk space | short of neither |
 * | ------------------- | --------------- | ------------------- | ---------------- |
 * | none                | memory          | disk                | –                |
 * | memory, disk        | and memory      | and disk            | none             |
 */
export class ResourceAlarms {
  readonly #limits: AlarmLimits;
  readonly #memoryInUse: () => number;
  readonly #disk: DiskPort;
  readonly #timer: TimerHandle;
  readonly #memoryTimer: TimerHandle;
  readonly #onChange: () => void;
  #isShortOfMemory = false;
  #isShortOfDisk = false;

  constructor(limits: AlarmLimits, host: { readonly disk: DiskPort; readonly timers: TimerPort }, memoryInUse: () => number, onChange: () => void) {
    this.#limits = limits;
    this.#memoryInUse = memoryInUse;
    this.#disk = host.disk;
    this.#onChange = onChange;
    this.#timer = host.timers.create(() => this.#checkDisk());
    this.#memoryTimer = host.timers.create(() => this.#checkMemory());
  }

  /** Null: there is no alarm. */
  get reason(): BlockReason | null {
    if (this.#isShortOfMemory) return this.#isShortOfDisk ? BlockReason.memoryAndDisk : BlockReason.memory;
    return this.#isShortOfDisk ? BlockReason.disk : null;
  }

  /** From now on, and at once. */
  watch(): void {
    this.#checkDisk();
    this.#checkMemory();
  }

  #checkMemory(): void {
    this.#memoryTimer.arm(this.#limits.memoryCheckMicros);
    const isShort = this.#memoryInUse() > this.#limits.memoryLimitBytes;
    if (isShort === this.#isShortOfMemory) return;
    this.#isShortOfMemory = isShort;
    this.#onChange();
  }

  #checkDisk(): void {
    const spareBytes = this.#disk.freeBytes() - this.#limits.diskFreeLimitBytes;
    const idealMillis = Math.trunc((2 * spareBytes) / FASTEST_BYTES_PER_MILLI);
    this.#timer.arm(Math.max(MIN_INTERVAL_MILLIS, Math.min(MAX_INTERVAL_MILLIS, idealMillis)) * MICROS_PER_MILLI);
    const isShort = spareBytes < 0;
    if (isShort === this.#isShortOfDisk) return;
    this.#isShortOfDisk = isShort;
    this.#onChange();
  }

  /** Nobody is there to be blocked. */
  rest(): void {
    this.#timer.disarm();
    this.#memoryTimer.disarm();
  }
}
