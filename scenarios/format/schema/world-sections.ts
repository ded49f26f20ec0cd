import { z } from 'zod';
import type { ReadTrace } from '../expressions/trace.js';
import { BANDWIDTH, COUNT, DURATION, FRACTION, NUMBER, SIZE } from '../quantities/index.js';
import { distribution, quantity } from './quantity.js';
import { choice, name } from './word.js';

const disk = (readTrace: ReadTrace) => z.strictObject({
  writeLatency: distribution(DURATION, readTrace, { min: 0, description: 'Time of a write into the page cache.' }).prefault('20us'),
  syncLatency: distribution(DURATION, readTrace, {
    min: 0,
    description: 'Time of a sync, beside what the bandwidth takes.',
  }).prefault('lognormal(p50: 800us, p99: 4ms)'),
  readLatency: distribution(DURATION, readTrace, { min: 0, description: 'Time of a read, beside what the bandwidth takes.' }).prefault('100us'),
  bandwidth: quantity(BANDWIDTH, { min: 1, description: 'Bytes that the disk writes or reads per second.' }).prefault('500MiB/s'),
  capacity: quantity(SIZE, { min: 1024 ** 2, description: 'Size of the disk; a write beyond it fails with ENOSPC.' }).prefault('1GiB'),
}).meta({ description: 'The disk of the broker.' }).prefault({});

/** Beyond this a link is not lossy but cut, for which there is a fault. */
const MAX_LOSS = 0.99;

/** `broker:` */
export const brokerSection = (readTrace: ReadTrace) => z.strictObject({
  name: name('Name of its machine, by which faults refer to it.').prefault('broker'),
  flush: choice(
    ['always', 'interval', 'never'],
    'When what was accepted reaches the disk. always: before the answer. interval: every flushInterval. never: whenever the system pleases.',
  ).prefault('always'),
  flushInterval: quantity(DURATION, { above: 0, description: 'Time between syncs when `flush: interval`.' }).prefault('1s'),
  cores: quantity(COUNT, { min: 1, max: 1_024, description: 'Processor cores of its machine.' }).prefault('2'),
  cpuCost: quantity(NUMBER, { min: 0, max: 1_000_000, description: 'Multiplies the time that each operation takes on a core; 0 makes it free.' }).prefault('1'),
  segmentSize: quantity(SIZE, { min: 4 * 1024, max: 1024 ** 3, description: 'Size at which the journal begins a new file.' }).prefault('16MiB'),
  disk: disk(readTrace),
}).meta({ description: 'The broker and its machine.' }).prefault({});

/** `network:` */
export const networkSection = (readTrace: ReadTrace) => z.strictObject({
  latency: distribution(DURATION, readTrace, { min: 0, description: 'Time that a packet takes, one way.' }).prefault('lognormal(p50: 250us, p99: 1ms)'),
  bandwidth: quantity(BANDWIDTH, { min: 1, description: 'Of each connection, in each direction.' }).prefault('1Gbit/s'),
  loss: quantity(FRACTION, {
    min: 0,
    max: MAX_LOSS,
    description: 'Probability that a transmission is lost and has to be repeated; connections are reliable, so this costs time only.',
  }).prefault('0%'),
}).meta({ description: 'The network between all machines.' }).prefault({});
