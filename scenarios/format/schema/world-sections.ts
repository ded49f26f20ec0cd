import * as z from 'zod';
import type { ReadTrace } from '../expressions/trace.js';
import { BANDWIDTH, COUNT, DURATION, FRACTION, NUMBER, SIZE } from '../quantities/index.js';
import { distribution, quantity } from './quantity.js';
import { machines } from './fault-parameter.js';
import { byName, choice, name } from './word.js';

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

const MAX_REGIONS = 50;

const region = () => machines('The machines of the region: a name, or a list of names. A name with a `count` stands for all that it numbers.');

const route = (readTrace: ReadTrace) => z.strictObject({
  between: z.tuple([name('A region.'), name('Another region, or the same one again.')])
    .meta({ description: 'The two regions; the same one twice says how far it is within it.' }),
  latency: distribution(DURATION, readTrace, { min: 0, description: 'Time that a packet takes, one way, in either direction.' }),
}).meta({ description: 'How far two regions are from each other.' });

/** `network:` */
export const networkSection = (readTrace: ReadTrace) => z.strictObject({
  latency: distribution(DURATION, readTrace, { min: 0, description: 'Time that a packet takes, one way.' }).prefault('lognormal(p50: 250us, p99: 1ms)'),
  bandwidth: quantity(BANDWIDTH, { min: 1, description: 'Between two machines, in each direction; their connections share it.' }).prefault('1Gbit/s'),
  loss: quantity(FRACTION, {
    min: 0,
    max: MAX_LOSS,
    description: 'Probability that a transmission is lost and has to be repeated; connections are reliable, so this costs time only.',
  }).prefault('0%'),
  regions: byName(region(), MAX_REGIONS, 'Where machines stand, by the name of the region. What is in none is as far from everything as `latency` says.').prefault({}),
  routes: z.array(route(readTrace)).max(MAX_REGIONS * MAX_REGIONS, 'There are more routes than regions have')
    .meta({ description: 'Latencies between regions: one entry for each pair, and where it differs from `latency`, for a region with itself.' }).prefault([]),
}).meta({ description: 'The network between all machines.' }).prefault({});
