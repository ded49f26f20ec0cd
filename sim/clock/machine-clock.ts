import type { ClockPort } from '../../engine/index.js';
import { inRange } from '../setting-error.js';
import { MAX_DRIFT_PPM, MIN_DRIFT_PPM, WALL_EPOCH_MICROS, type ClockSettings } from './settings.js';

const PPM = 1_000_000;

/** Where true time is read; the kernel. */
export interface TrueTime {
  readonly now: number;
}

/** A rate that a fault adds. */
export interface Drift {
  readonly ppm: number;
  /** What it made the clocks gain up to the last change of their rate. */
  gainedMicros: number;
}

/** A wall clock that a fault throws back and forth. */
export interface Strobe {
  readonly sinceMicros: number;
  readonly periodMicros: number;
  readonly amountMicros: number;
}

/**
 * The two clocks of one machine. Both run at `1 + drift` of true time. The monotonic one never goes back and starts
 * anywhere at each power-on; the wall clock can also be stepped and strobed.
 */
export class MachineClock implements ClockPort {
  readonly #time: TrueTime;
  readonly #strobes: Strobe[] = [];
  readonly #drifts: Drift[] = [];
  readonly #ownDriftPpm: number;
  #driftPpm: number;
  /** Of what its drifts ask for, how much this clock does: 1 within its limits. */
  #share = 1;
  /** True time at which the drift last changed, and what both clocks had gained or lost by then. */
  #anchorMicros: number;
  #gainMicros = 0;
  /** Wall time less true time, the gain apart. */
  #wallOffsetMicros: number;
  /** Monotonic time less true time, the gain apart. */
  #monotonicOffsetMicros = 0;
  #onRateChange: () => void = ignore;

  constructor(time: TrueTime, settings: ClockSettings = {}) {
    this.#time = time;
    this.#anchorMicros = time.now;
    this.#wallOffsetMicros = WALL_EPOCH_MICROS + (settings.offsetMicros ?? 0);
    this.#ownDriftPpm = inRange('driftPpm', settings.driftPpm ?? 0, MIN_DRIFT_PPM, MAX_DRIFT_PPM);
    this.#driftPpm = this.#ownDriftPpm;
  }

  get driftPpm(): number {
    return this.#driftPpm;
  }

  monotonicMicros(): number {
    const now = this.#time.now;
    if (this.#driftPpm === 0) return now + this.#gainMicros + this.#monotonicOffsetMicros;
    return now + this.#gain(now) + this.#monotonicOffsetMicros;
  }

  wallMicros(): number {
    const now = this.#time.now;
    let wall = now + this.#gain(now) + this.#wallOffsetMicros;
    for (const strobe of this.#strobes) {
      const halfPeriods = Math.floor((now - strobe.sinceMicros) / strobe.periodMicros);
      if (halfPeriods % 2 === 0) wall += strobe.amountMicros;
    }
    return wall;
  }

  /** The first true time, now or later, at which the monotonic clock shows at least `monotonicMicros`. */
  trueTimeOf(monotonicMicros: number): number {
    const now = this.#time.now;
    const wait = monotonicMicros - this.monotonicMicros();
    if (wait <= 0) return now;
    if (this.#driftPpm === 0) return now + wait;
    let at = now + Math.ceil((wait * PPM) / (PPM + this.#driftPpm));
    const target = monotonicMicros - this.#monotonicOffsetMicros;
    while (at > now && at - 1 + this.#gain(at - 1) >= target) at--;
    while (at + this.#gain(at) < target) at++;
    return at;
  }

  /** Both clocks run faster by so much, until it ends, on top of what they do anyway. */
  beginDrift(ppm: number): Drift {
    const drift = { ppm, gainedMicros: 0 };
    this.#settle();
    this.#drifts.push(drift);
    this.#changeRate();
    return drift;
  }

  /** The rate is as before, and the wall clock is set right by what this drift made it gain or lose. */
  endDrift(drift: Drift): void {
    const index = this.#drifts.indexOf(drift);
    if (index < 0) return;
    this.#settle();
    this.#drifts.splice(index, 1);
    this.#changeRate();
    this.stepWall(-drift.gainedMicros);
  }

  /** Moves the wall clock, and nothing else. */
  stepWall(byMicros: number): void {
    this.#wallOffsetMicros += byMicros;
  }

  /** From now on the wall clock jumps ahead by the amount, and back, each time a period has passed. */
  beginStrobe(amountMicros: number, periodMicros: number): Strobe {
    const strobe = { sinceMicros: this.#time.now, periodMicros, amountMicros };
    this.#strobes.push(strobe);
    return strobe;
  }

  endStrobe(strobe: Strobe): void {
    const index = this.#strobes.indexOf(strobe);
    if (index >= 0) this.#strobes.splice(index, 1);
  }

  /** A machine that was powered on counts monotonic time from another origin. */
  reboot(originMicros: number): void {
    const now = this.#time.now;
    this.#monotonicOffsetMicros = originMicros - now - this.#gain(now);
  }

  /** Called whenever the speed of the clocks has changed: deadlines then lie at other true times. */
  whenRateChanges(callback: () => void): void {
    this.#onRateChange = callback;
  }

  /** Adds up what was gained at the rate until now: by the clocks, and by each drift. */
  #settle(): void {
    const now = this.#time.now;
    for (const drift of this.#drifts) drift.gainedMicros += Math.floor(((now - this.#anchorMicros) * drift.ppm * this.#share) / PPM);
    this.#gainMicros = this.#gain(now);
    this.#anchorMicros = now;
  }

  /** Together drifts take a clock no further than its limits: then each counts for a share of what it would alone. */
  #changeRate(): void {
    const wanted = this.#drifts.reduce((ppm, drift) => ppm + drift.ppm, 0);
    this.#driftPpm = Math.min(Math.max(this.#ownDriftPpm + wanted, MIN_DRIFT_PPM), MAX_DRIFT_PPM);
    this.#share = wanted === 0 ? 1 : (this.#driftPpm - this.#ownDriftPpm) / wanted;
    this.#onRateChange();
  }

  #gain(now: number): number {
    return this.#gainMicros + Math.floor(((now - this.#anchorMicros) * this.#driftPpm) / PPM);
  }
}

function ignore(): void {
  // Until somebody asks to be told.
}
