import type { Scenario } from '../../../scenarios/index.js';
import type { Side } from '../../coverage/index.js';

/** Who is there to be struck. */
export interface Cast {
  readonly broker: string;
  readonly producers: readonly string[];
  readonly consumers: readonly string[];
}

export function castOf({ broker, producers, consumers }: Scenario): Cast {
  return { broker: broker.name, producers: producers.map(({ name }) => name), consumers: consumers.map(({ name }) => name) };
}

export function machinesOf(cast: Cast, side: Side): readonly string[] {
  if (side === 'broker') return [cast.broker];
  return side === 'producer' ? cast.producers : cast.consumers;
}

export const clientsOf = ({ producers, consumers }: Cast): readonly string[] => [...producers, ...consumers];
