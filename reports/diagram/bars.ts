import { palette } from '../charts/palette.js';
import { escapeText } from '../html/escape.js';
import type { Bar, Marks } from './marks.js';

const BAR_WIDTH = 7;
const CUT_WIDTH = 18;
const LEASE_OFFSET = 9;
const LEASE_STEP = 9;
const FAULT_OFFSET = 15;
/** Room for a bar and the name beside it. */
const FAULT_STEP = 20;
/** Faults of one machine are drawn within this; more of them stand closer, without names. */
const FAULTS_WIDTH = 62;
const LETTER = 5.4;

const looks: Readonly<Record<Bar['kind'], string>> = {
  lease: `fill="${palette.lineC}" fill-opacity="0.75"`,
  handling: `fill="${palette.lineA}" fill-opacity="0.8"`,
  down: `fill="${palette.muted}" fill-opacity="0.45"`,
  fault: `fill="${palette.fault}" fill-opacity="0.5"`,
  cut: `fill="${palette.fault}" fill-opacity="0.28" stroke="${palette.fault}" stroke-dasharray="5 3"`,
};

interface Laned {
  readonly bar: Bar;
  readonly lane: number;
  /** Lanes beside its machine in all. */
  readonly lanes: number;
}

/** What lasts, beside the line of its machine: what overlaps stands side by side. @param x where the line of a machine is */
export function barMarks({ bars }: Pick<Marks, 'bars'>, x: (machine: string) => number): string[] {
  return inLanes(bars).flatMap((laned) => barMark(laned, x));
}

function inLanes(bars: readonly Bar[]): Laned[] {
  const ends = new Map<string, number[]>();
  const placed = [...bars].sort((left, right) => left.fromY - right.fromY).map((bar) => {
    const key = placeOf(bar);
    const taken = ends.get(key) ?? [];
    const free = taken.findIndex((end) => end <= bar.fromY);
    const lane = free === -1 ? taken.length : free;
    taken[lane] = bar.toY;
    ends.set(key, taken);
    return { bar, lane, key };
  });
  return placed.map(({ bar, lane, key }) => ({ bar, lane, lanes: ends.get(key)!.length }));
}

/** Bars that could hide each other: those of one kind at one machine, or between the same two. */
function placeOf({ kind, machine, other }: Bar): string {
  return [kind, ...(other === undefined ? [machine] : [machine, other].sort())].join('\n');
}

function barMark({ bar, lane, lanes }: Laned, x: (machine: string) => number): string[] {
  const { kind, label, fromY, toY } = bar;
  const step = Math.min(FAULT_STEP, FAULTS_WIDTH / lanes);
  const { left, width } = across(bar, lane, step, x);
  const rect = `<rect class="${kind}" x="${left}" y="${fromY}" width="${width}" height="${toY - fromY}" rx="2" ${looks[kind]}><title>${escapeText(label === '' ? kind : label)}</title></rect>`;
  const hasRoom = toY - fromY > label.length * LETTER && (kind === 'cut' ? lane === 0 : kind === 'fault' && step === FAULT_STEP);
  if (label === '' || !hasRoom) return [rect];
  const at = kind === 'fault' ? `translate(${left - 4},${toY - 3}) rotate(-90)` : `translate(${left + width / 2 + 3.5},${fromY + 4}) rotate(90)`;
  return [rect, `<text class="bar-label" transform="${at}" font-size="10" fill="${palette.ink}">${escapeText(label)}</text>`];
}

function across({ kind, machine, other }: Bar, lane: number, step: number, x: (machine: string) => number): { readonly left: number; readonly width: number } {
  const center = x(machine);
  if (kind === 'lease') return { left: center + LEASE_OFFSET + lane * LEASE_STEP, width: BAR_WIDTH };
  if (kind === 'fault') return { left: center - FAULT_OFFSET - lane * step, width: BAR_WIDTH };
  if (other === undefined) return { left: center - BAR_WIDTH / 2, width: BAR_WIDTH };
  return { left: (center + x(other)) / 2 - CUT_WIDTH / 2 + lane * (CUT_WIDTH + 2), width: CUT_WIDTH };
}
