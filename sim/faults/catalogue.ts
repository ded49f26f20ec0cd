import { bitRot } from './bit-rot.js';
import { clockDrift } from './clock-drift.js';
import { clockJump } from './clock-jump.js';
import { clockStrobe } from './clock-strobe.js';
import { connectionReset } from './connection-reset.js';
import { crash } from './crash.js';
import { diskError } from './disk-error.js';
import { diskFull } from './disk-full.js';
import { diskReplace } from './disk-replace.js';
import { diskSlow } from './disk-slow.js';
import { diskStall } from './disk-stall.js';
import type { FaultDefinition, FaultKind } from './fault-definition.js';
import type { FaultShape } from './fault-shape.js';
import { fsyncFailure } from './fsync-failure.js';
import { halfOpen } from './half-open.js';
import { misdirectedWrite } from './misdirected-write.js';
import { networkPartition } from './network-partition.js';
import { networkPartitionBridge } from './network-partition-bridge.js';
import { networkPartitionClientSide } from './network-partition-client-side.js';
import { networkPartitionOneWay } from './network-partition-one-way.js';
import { networkPartitionRing } from './network-partition-ring.js';
import { packetLoss } from './packet-loss.js';
import { pause } from './pause.js';
import { powerLoss } from './power-loss.js';
import { serviceError } from './service-error.js';
import { slowDown } from './slow-down.js';
import { slowLink } from './slow-link.js';

/** Every kind of fault that is carried out, by name, in the order of catalogues. */
export const FAULTS: ReadonlyMap<string, FaultDefinition> = new Map(
  [
    crash,
    pause,
    slowDown,
    powerLoss,
    diskReplace,
    clockDrift,
    clockJump,
    clockStrobe,
    diskSlow,
    diskStall,
    diskFull,
    diskError,
    fsyncFailure,
    misdirectedWrite,
    bitRot,
    networkPartition,
    networkPartitionOneWay,
    slowLink,
    packetLoss,
    connectionReset,
    halfOpen,
    serviceError,
  ].map((definition) => [definition.kind, definition]),
);

/** Network partitions with a name for their shape, by name. */
export const FAULT_SHAPES: ReadonlyMap<string, FaultShape> = new Map(
  [networkPartitionBridge, networkPartitionRing, networkPartitionClientSide].map((shape) => [shape.kind, shape]),
);

/** Everything that a schedule may name. */
export const FAULT_KINDS: ReadonlyMap<string, FaultKind> = new Map<string, FaultKind>([...FAULTS, ...FAULT_SHAPES]);
