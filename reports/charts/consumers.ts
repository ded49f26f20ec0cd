import type { ConsumerResult, RunResult } from '../run-result.js';
import { fairness } from '../words/parties.js';
import { formatCount } from '../words/numbers.js';
import { barChart, barName } from './bars.js';
import { type Chart, emptyTable } from './chart.js';

const MAX_BARS = 20;

/** How the work was shared between consumers. */
export function consumersChart(result: RunResult): Chart {
  const consumers = [...(result.measures.consumers ?? [])].sort((left, right) => left.name.localeCompare(right.name, 'en', { numeric: true }));
  const chart = { id: 'consumers', title: 'Work by consumer', isOverTime: false };
  if (consumers.length === 0) return { ...chart, description: 'No consumer received anything.', drawing: { nothing: 'No consumer received anything, or this result does not tell them apart.' }, table: emptyTable };
  const bars = consumers.slice(0, MAX_BARS).map((consumer) => ({ label: barName(consumer.name), value: consumer.handled, text: words(consumer) }));
  const left = consumers.length - bars.length;
  return {
    ...chart,
    description: `Messages handled well by each consumer${left > 0 ? ` (${left} more are in the table)` : ''}. ${fairness(consumers).join(' ')}`,
    drawing: barChart({ bars, title: 'messages handled well (count)', names: 'consumer', format: ',d' }),
    table: {
      columns: [
        { label: 'consumer', unit: 'text' }, { label: 'delivered', unit: 'messages' }, { label: 'handled well', unit: 'messages' }, { label: 'failed', unit: 'messages' },
        { label: 'abandoned', unit: 'messages' }, { label: 'time of handlers', unit: 'micros' },
      ],
      rows: consumers.map(({ name, delivered, handled, failed, abandoned, busyMicros }) => [name, delivered, handled, failed, abandoned, busyMicros]),
    },
  };
}

function words({ handled, failed, abandoned }: ConsumerResult): string {
  const others = [...(failed > 0 ? [`${formatCount(failed)} failed`] : []), ...(abandoned > 0 ? [`${formatCount(abandoned)} abandoned`] : [])];
  return [formatCount(handled), ...others].join(', ');
}
