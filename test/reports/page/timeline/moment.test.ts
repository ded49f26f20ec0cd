import { expect, it } from 'vitest';
import { fragmentOf, type Moment, momentIn } from '../../../../reports/page/timeline/moment.js';

const nothing = { message: null, machine: null, queue: null };

it.each<[string, Moment]>([
  ['#run-1-at-1234', { event: 1234, ...nothing }],
  ['#run-1-at-1234-message-7', { event: 1234, ...nothing, message: 7 }],
  ['#run-1-at-0-machine-3', { event: 0, ...nothing, machine: 3 }],
  ['#run-1-at-1234-message-7-machine-3-queue-5', { event: 1234, message: 7, machine: 3, queue: 5 }],
])('an address leads to its moment, with all that is filtered for: %s', (address, moment) => {
  expect(fragmentOf('run-1', moment)).toBe(address);
  expect(momentIn(address, 'run-1')).toEqual(moment);
});

it.each(['', '#run-1', '#run-12-at-3', '#run-1-at-', '#run-1-at-x', '#run-1-at-3-message-', '#run-1-at-3-queue-5-message-7', '#run-1-at-99999999999999999999'])('another address is none of a moment: %s', (address) => {
  expect(momentIn(address, 'run-1')).toBeNull();
});
