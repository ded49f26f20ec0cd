import type { RunResult } from '../run-result.js';
import { formatCount } from './numbers.js';

const LABELS = { nothing: 'Requests refused', channel: 'Channels closed', connection: 'Connections closed' } as const;

/** What the broker refused or closed, and with which codes; nothing when nothing was. */
export function refusalFigures({ measures: { refusals = [] } }: RunResult): { readonly label: string; readonly value: string; readonly note: string }[] {
  return (['nothing', 'channel', 'connection'] as const).flatMap((what) => {
    const of = refusals.filter(({ closed }) => closed === what);
    if (of.length === 0) return [];
    const note = of.map(({ code, count }) => (of.length === 1 ? code : `${formatCount(count)} ${code}`)).join(', ');
    return [{ label: LABELS[what], value: formatCount(of.reduce((sum, { count }) => sum + count, 0)), note: `by the broker: ${note}` }];
  });
}
