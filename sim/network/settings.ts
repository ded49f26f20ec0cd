import type { DistributionSpec } from '../distribution-spec.js';

/** The same for every link; faults make one link differ from another. */
export interface NetworkSettings extends Partial<RetransmissionLimits> {
  /** One way, jitter included. Jitter never reorders within a connection. */
  readonly latency: DistributionSpec;
  /** Of each direction of each pair of machines; what is sent meanwhile queues. `Infinity` for no limit. */
  readonly bandwidthBytesPerSecond: number;
  /** Probability that a transmission is lost. Connections are reliable: what was lost arrives after a retransmission. */
  readonly loss: number;
}

/** How connections deal with packets that do not arrive. All in microseconds. */
export interface RetransmissionLimits {
  /** Wait before the first retransmission; doubles with each further one. Default 200 ms, Linux' minimum. */
  readonly retransmitMinMicros: number;
  /** The wait grows no further: so late, at most, does a connection notice that the network is well again. Default 5 s. */
  readonly retransmitMaxMicros: number;
  /** A connection that gets nothing acknowledged for so long is reset at the side that sends. Default 60 s. */
  readonly giveUpMicros: number;
}

export function retransmissionLimits(settings: NetworkSettings): RetransmissionLimits {
  return {
    retransmitMinMicros: settings.retransmitMinMicros ?? 200_000,
    retransmitMaxMicros: settings.retransmitMaxMicros ?? 5_000_000,
    giveUpMicros: settings.giveUpMicros ?? 60_000_000,
  };
}
