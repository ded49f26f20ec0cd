import { countAxis } from './count-axis.js';

interface RateUnit {
  readonly name: string;
  readonly seconds: number;
}

const units: readonly RateUnit[] = [
  { name: 'second', seconds: 1 },
  { name: 'minute', seconds: 60 },
  { name: 'hour', seconds: 3_600 },
];

/** What rates are multiplied by: in the smallest unit of time in which the highest is at least 1. */
export const rateScale = (highestPerSecond: number): number => unitFor(highestPerSecond).seconds;

/** An axis of messages per second, minute or hour. */
export const rateAxis = (drawn: readonly (number | null)[], highestPerSecond: number): object =>
  countAxis(`messages per ${unitFor(highestPerSecond).name}`, drawn);

function unitFor(perSecond: number): RateUnit {
  if (perSecond === 0) return units[0]!;
  return units.find(({ seconds }) => perSecond * seconds >= 1) ?? units[units.length - 1]!;
}
