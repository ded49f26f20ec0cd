import type { FaultParameter, FaultSpec, FaultValue } from '../../../sim/index.js';
import type { Side } from '../../coverage/index.js';
import type { AtlasEntry } from '../atlas.js';
import { type Cast, clientsOf, machinesOf } from './cast.js';
import type { Dice } from './dice.js';

/** Where faults are drawn. */
export interface FaultStage {
  readonly cast: Cast;
  /** Time in which the run is busy: faults begin before its end. */
  readonly busyMicros: number;
  /** Bounds of how long a fault lasts. */
  readonly forMicros: { readonly least: number; readonly most: number };
}

/** What of a fault is settled already; the rest is drawn. */
export interface Given {
  readonly at: number;
  readonly side?: Side;
  readonly target?: string;
  readonly for?: number;
}

/** One fault of the entry's kind: whom it strikes, how long and how hard. */
export function drawFault({ definition, sides }: AtlasEntry, given: Given, stage: FaultStage, dice: Dice): FaultSpec {
  const side = given.side !== undefined && sides.includes(given.side) ? given.side : dice.pick(sides);
  const target = given.target ?? dice.pick(machinesOf(stage.cast, side));
  const parameters = Object.entries(definition.parameters).map(([name, parameter]) => [name, drawParameter(parameter, target, stage, dice)] as const);
  const lasting = definition.duration === 'lasting' ? { for: given.for ?? dice.amount(stage.forMicros.least, stage.forMicros.most) } : {};
  return { at: Math.max(0, Math.round(given.at)), fault: definition.kind, target, ...lasting, ...Object.fromEntries(parameters.filter(([, value]) => value !== undefined)) };
}

/** Values beyond these are as good as these. */
const LARGE_FACTOR = 1_000;
const LARGE_COUNT = 20;
const SMALL_SHARE = 0.01;
const LARGE_PPM = 200_000;

function drawParameter(parameter: FaultParameter, target: string, stage: FaultStage, dice: Dice): FaultValue | undefined {
  const { unit, min = 0, max = Infinity, default: fallback } = parameter;
  switch (unit) {
    case 'duration':
      return signed(dice.amount(Math.max(1_000, min), Math.min(max, stage.busyMicros)), min, dice);
    case 'ppm':
      return signed(dice.amount(100, Math.min(max, LARGE_PPM)), min, dice);
    case 'probability':
      return dice.chance(0.3) ? Math.min(1, max) : dice.share(SMALL_SHARE, Math.min(1, max));
    case 'factor':
      return Math.max(min, dice.amount(2, Math.min(max, LARGE_FACTOR)));
    case 'count':
      return dice.amount(Math.max(1, min), Math.min(max, LARGE_COUNT));
    case 'choice':
      return dice.pick(parameter.choices ?? []);
    case 'machines':
      return drawPeers(target, stage.cast, dice);
    case 'text':
      return fallback;
  }
}

/** Half of the amounts that may be negative are. */
function signed(amount: number, min: number, dice: Dice): number {
  return min < 0 && dice.chance(0.5) ? Math.max(min, -amount) : amount;
}

/** Clients speak with the broker and with nobody else: of a client the other side is the broker, of the broker some clients. */
function drawPeers(target: string, cast: Cast, dice: Dice): FaultValue {
  if (target !== cast.broker) return [cast.broker];
  return dice.some(clientsOf(cast));
}
