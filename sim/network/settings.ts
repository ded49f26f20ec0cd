import type { DistributionSpec } from '../distribution-spec.js';
import { inRange } from '../setting-error.js';

/** Machines that are near each other. */
export interface NetworkRegion {
  readonly name: string;
  readonly machines: readonly string[];
}

/** How far it is between two regions, or, of a region with itself, within one. */
export interface NetworkRoute {
  readonly between: readonly [string, string];
  /** One way, jitter included; the same in both directions, each with draws of its own. */
  readonly latency: DistributionSpec;
}

/** The same for every link, but for the latency between regions; faults make one link differ from another. */
export interface NetworkSettings extends Partial<RetransmissionLimits> {
  /** One way, jitter included. Jitter never reorders within a connection. */
  readonly latency: DistributionSpec;
  /** A machine is in one region at most. Default none. */
  readonly regions?: readonly NetworkRegion[];
  /** Latencies between regions; the network's own holds where there is none. */
  readonly routes?: readonly NetworkRoute[];
  /** Of each direction of each pair of machines; what is sent meanwhile queues. `Infinity` for no limit. */
  readonly bandwidthBytesPerSecond: number;
  /** Probability that a transmission is lost, up to 0.99. Connections are reliable: what was lost arrives after a retransmission. */
  readonly loss: number;
}

/** How connections deal with packets that do not arrive. All in microseconds. */
export interface RetransmissionLimits {
  /** Wait before the first retransmission, at least 1 ms; doubles with each further one. Default 200 ms, Linux' minimum. */
  readonly retransmitMinMicros: number;
  /** The wait grows no further: so late, at most, does a connection notice that the network is well again. Default 5 s. */
  readonly retransmitMaxMicros: number;
  /** A connection that gets nothing acknowledged for so long is reset at the side that sends. Default 60 s. */
  readonly giveUpMicros: number;
}

export const DEFAULT_RETRANSMISSION: RetransmissionLimits = { retransmitMinMicros: 200_000, retransmitMaxMicros: 5_000_000, giveUpMicros: 60_000_000 };

/** Retransmitting more often would fill the run with it. */
const LEAST_WAIT_MICROS = 1000;
/** Beyond it a link is not lossy but cut. */
export const MAX_LOSS = 0.99;

/** Checks the settings and fills in their defaults. Throws `SettingError`. */
export function retransmissionLimits(settings: NetworkSettings): RetransmissionLimits {
  inRange('loss', settings.loss, 0, MAX_LOSS);
  inRange('bandwidthBytesPerSecond', settings.bandwidthBytesPerSecond, 1);
  const { retransmitMinMicros, retransmitMaxMicros, giveUpMicros } = { ...DEFAULT_RETRANSMISSION, ...settings };
  return {
    retransmitMinMicros: inRange('retransmitMinMicros', retransmitMinMicros, LEAST_WAIT_MICROS),
    retransmitMaxMicros: inRange('retransmitMaxMicros', retransmitMaxMicros, retransmitMinMicros),
    giveUpMicros: inRange('giveUpMicros', giveUpMicros, retransmitMinMicros),
  };
}
