import type { Kernel } from './kernel.js';

/** A callback with one deadline at a time. Arming and disarming it allocate nothing. */
export class Timer {
  private readonly kernel: Kernel;
  private readonly expire: () => void;
  private event = 0;
  private at = Infinity;

  constructor(kernel: Kernel, callback: () => void) {
    this.kernel = kernel;
    this.expire = () => {
      this.event = 0;
      this.at = Infinity;
      callback();
    };
  }

  get armed(): boolean {
    return this.event !== 0;
  }

  /** Time at which it will fire, Infinity while it is not armed. */
  get deadline(): number {
    return this.at;
  }

  /** Fires once at `timeMicros`; replaces an earlier deadline. Throws as `Kernel.schedule`, and is then as it was. */
  armAt(timeMicros: number): void {
    const event = this.kernel.schedule(timeMicros, this.expire, undefined);
    if (this.event !== 0) this.kernel.cancel(this.event);
    this.event = event;
    this.at = timeMicros;
  }

  /** Fires once, `delayMicros` from now. */
  armAfter(delayMicros: number): void {
    this.armAt(this.kernel.now + delayMicros);
  }

  disarm(): void {
    if (this.event === 0) return;
    this.kernel.cancel(this.event);
    this.event = 0;
    this.at = Infinity;
  }
}
