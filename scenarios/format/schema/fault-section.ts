import * as z from 'zod';
import { FAULT_KINDS, type FaultKind, type FaultSpec } from '../../../sim/index.js';
import { COUNT, DURATION } from '../quantities/index.js';
import { faultParameter, machines } from './fault-parameter.js';
import { quantity } from './quantity.js';

const MAX_TIMES = 100_000;

const TARGETS: Readonly<Record<FaultKind['targets'], string>> = {
  machine: 'The machine that is struck, or a list of them.',
  link: 'The machine, or the list of machines, on one side of the link.',
};

const timing = {
  at: quantity(DURATION, { min: 0, description: 'When it begins, from the start of the run.' }),
  every: quantity(DURATION, { above: 0, description: 'It begins again this long after each beginning.' }).optional(),
  times: quantity(COUNT, { min: 1, max: MAX_TIMES, description: 'How many times in all; with `every`.' }).optional(),
  until: quantity(DURATION, { above: 0, description: 'It does not begin at or after this time; with `every`.' }).optional(),
};

const lasting = {
  for: quantity(DURATION, { above: 0, description: 'How long it lasts. Without this: until the scenario\'s duration is over.' }).optional(),
};

/** One kind of fault: what all have, and its own parameters. */
function ofKind(definition: FaultKind): z.ZodObject {
  const { kind, targets, targetDoc, duration, doc, parameters } = definition;
  return z.strictObject({
    at: timing.at,
    fault: z.literal(kind),
    target: machines(targetDoc ?? TARGETS[targets]),
    ...(duration === 'lasting' ? lasting : {}),
    ...Object.fromEntries(Object.entries(parameters).map(([name, parameter]) => [name, faultParameter(parameter)])),
    every: timing.every,
    times: timing.times,
    until: timing.until,
  }).meta({ description: doc });
}

/** One entry of `faults:`, generated from the faults that the simulated world knows. Its output is in microseconds. */
export function faultSection(): z.ZodType<FaultSpec> {
  const [first, ...others] = [...FAULT_KINDS.values()].map(ofKind);
  return z.discriminatedUnion('fault', [first as z.ZodObject, ...others]) as unknown as z.ZodType<FaultSpec>;
}
