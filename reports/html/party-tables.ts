import type { GroupResult, RunResult } from '../run-result.js';
import { groupFairness, queuesWithGroups } from '../words/groups.js';
import { JAIN_SOURCE } from '../words/jain.js';
import { formatCount, formatDuration, formatRate, formatShare } from '../words/numbers.js';
import { fairness } from '../words/parties.js';
import { html, type Markup } from './escape.js';
import { region } from './region.js';

/** Rows of a table that are shown; the JSON report has all. */
const MAX_ROWS = 50;

/** How busy each core, disk, link and handler was, and the busiest message groups. */
export function resourceTable(result: RunResult): Markup | null {
  const { resources } = result.measures;
  if (resources === undefined || resources.length === 0) return null;
  return html`<details><summary>Utilisation of every core, disk, link and handler, and of the busiest message groups</summary>
<div class="scroll" ${region('Utilisation', result)}><table><thead><tr><th scope="col">Resource</th><th scope="col" class="number">How many</th><th scope="col" class="number">Busy</th>
<th scope="col" class="number">Busiest step</th><th scope="col" class="number">Busy time in all</th></tr></thead>
<tbody>${resources.slice(0, MAX_ROWS).map(({ name, servers, utilisation, peak, busyMicros }) => html`<tr><th scope="row">${name}</th><td class="number">${servers}</td>
<td class="number">${formatShare(utilisation, 1)}</td><td class="number">${formatShare(peak, 1)}</td><td class="number">${formatDuration(busyMicros)}</td></tr>`)}</tbody></table></div>${more(resources.length)}</details>`;
}

/** What each consumer did. */
export function consumerTable(result: RunResult): Markup | null {
  const { consumers } = result.measures;
  if (consumers === undefined || consumers.length === 0) return null;
  const handled = consumers.reduce((sum, consumer) => sum + consumer.handled, 0);
  return html`<p class="lead">${fairness(consumers).join(' ')}</p>
<details><summary>What each consumer did</summary>
<div class="scroll" ${region('Consumers', result)}><table><thead><tr><th scope="col">Consumer</th><th scope="col" class="number">Delivered</th><th scope="col" class="number">Handled well</th>
<th scope="col" class="number">Share</th><th scope="col" class="number">Failed</th><th scope="col" class="number">Abandoned</th><th scope="col" class="number">Time of its handlers</th></tr></thead>
<tbody>${consumers.slice(0, MAX_ROWS).map((consumer) => html`<tr><th scope="row">${consumer.name}</th><td class="number">${formatCount(consumer.delivered)}</td><td class="number">${formatCount(consumer.handled)}</td>
<td class="number">${formatShare(consumer.handled, handled)}</td><td class="number">${formatCount(consumer.failed)}</td><td class="number">${formatCount(consumer.abandoned)}</td><td class="number">${formatDuration(consumer.busyMicros)}</td></tr>`)}</tbody></table></div>${more(consumers.length)}</details>`;
}

/** How the message groups of each queue were served; null for a run without groups beside one another. */
export function groupTable(result: RunResult): Markup | null {
  const { measures: { groups = [] }, run } = result;
  const queues = queuesWithGroups(groups);
  if (queues.length === 0) return null;
  const all = queues.flatMap((queue) => [...queue.groups]);
  return html`<p class="lead">${groupFairness(groups).join(' ')} <span class="muted">${JAIN_SOURCE}</span></p>
<details><summary>How each message group was served</summary>
<div class="scroll" ${region('Message groups', result)}><table><thead><tr><th scope="col">Queue</th><th scope="col">Message group</th><th scope="col" class="number">Sent</th>
<th scope="col" class="number">Received</th><th scope="col" class="number">Acknowledged</th><th scope="col" class="number">Share of all</th><th scope="col" class="number">Throughput</th><th scope="col" class="number">Mean wait</th><th scope="col" class="number">Longest wait</th></tr></thead>
<tbody>${all.slice(0, MAX_ROWS).map((group) => groupRow(group, all, run.virtualMicros))}</tbody></table></div>${more(all.length)}</details>`;
}

function groupRow({ queue, name, placed, received, acknowledged, waitMeanMicros, waitMaxMicros }: GroupResult, all: readonly GroupResult[], virtualMicros: number): Markup {
  const total = all.reduce((sum, group) => sum + (group.queue === queue ? group.acknowledged : 0), 0);
  return html`<tr><td>${queue}</td><th scope="row">${name}</th><td class="number">${formatCount(placed)}</td><td class="number">${formatCount(received)}</td><td class="number">${formatCount(acknowledged)}</td>
<td class="number">${formatShare(acknowledged, total)}</td><td class="number">${formatRate(virtualMicros === 0 ? 0 : (acknowledged * 1e6) / virtualMicros)}</td><td class="number">${received === 0 ? '-' : formatDuration(waitMeanMicros)}</td><td class="number">${received === 0 ? '-' : formatDuration(waitMaxMicros)}</td></tr>`;
}

/** What became of the messages of each queue. */
export function queueTable(result: RunResult): Markup | null {
  const { queues } = result.measures;
  if (queues === undefined || queues.length === 0) return null;
  const level = (value: number | null): string => (value === null ? '-' : formatCount(value));
  return html`<details open><summary>Lag and fate of the messages in each queue</summary>
<div class="scroll" ${region('Queues', result)}><table><thead><tr><th scope="col">Queue</th><th scope="col" class="number">Accepted</th><th scope="col" class="number">Moved in</th><th scope="col" class="number">Acknowledged</th>
<th scope="col" class="number">Redelivered</th><th scope="col" class="number">Leases run out</th><th scope="col" class="number">Dead-lettered</th><th scope="col" class="number">Dropped</th>
<th scope="col" class="number">Mean lag</th><th scope="col" class="number">Highest lag</th></tr></thead>
<tbody>${queues.slice(0, MAX_ROWS).map((queue) => html`<tr><th scope="row">${queue.name}</th><td class="number">${formatCount(queue.accepted)}</td><td class="number">${level(queue.movedIn ?? null)}</td><td class="number">${formatCount(queue.acknowledged)}</td>
<td class="number">${formatCount(queue.redelivered)}</td><td class="number">${formatCount(queue.expired)}</td><td class="number">${formatCount(queue.deadLettered)}</td><td class="number">${formatCount(queue.dropped)}</td>
<td class="number">${level(queue.backlogMean)}</td><td class="number">${level(queue.backlogMax)}</td></tr>`)}</tbody></table></div>${more(queues.length)}</details>`;
}

const more = (rows: number): Markup | null => (rows <= MAX_ROWS ? null : html`<p class="muted">and ${formatCount(rows - MAX_ROWS)} more; the JSON report lists them.</p>`);
