import type { FaultSpan } from '../words/faults.js';
import { PLOT_WIDTH } from './chart.js';

/** Faults that get a name of their own; the rest share one. */
const MAX_NAMED = 7;
const MAX_LABEL_CHARACTERS = 42;
/** Of the small letters of names in charts, generously. */
const CHARACTER_WIDTH = 6.2;
/** Something that takes no time is still drawn this wide. */
const MIN_BAR_WIDTH = 2;
const GAP = 8;

/** A shaded stretch, in pixels of the plot. */
export interface Bar {
  readonly lane: number;
  readonly left: number;
  readonly right: number;
}

export interface Label {
  readonly lane: number;
  readonly x: number;
  readonly align: 'left' | 'right';
  readonly text: string;
}

/** Where faults are drawn: names and bars in lanes above the plot, none of which overlap. */
export interface FaultLanes {
  readonly lanes: number;
  readonly bars: readonly Bar[];
  readonly labels: readonly Label[];
}

interface Group {
  readonly text: string;
  readonly stretches: readonly { readonly left: number; readonly right: number }[];
}

/** @param endMicros end of the time axis, which is `PLOT_WIDTH` wide. */
export function faultLanes(spans: readonly FaultSpan[], endMicros: number): FaultLanes {
  const occupied: number[] = [];
  const bars: Bar[] = [];
  const labels: Label[] = [];
  for (const group of groupsOf(spans, PLOT_WIDTH / Math.max(1, endMicros))) {
    const first = group.stretches[0]!;
    const last = group.stretches[group.stretches.length - 1]!;
    const width = group.text.length * CHARACTER_WIDTH;
    const fits = first.left + width <= PLOT_WIDTH;
    const x = fits ? first.left : Math.min(PLOT_WIDTH, Math.max(width, last.right));
    const left = fits ? first.left : Math.min(first.left, x - width);
    const lane = freeLane(occupied, left);
    occupied[lane] = Math.max(last.right, fits ? first.left + width : x) + GAP;
    labels.push({ lane, x, align: fits ? 'left' : 'right', text: group.text });
    bars.push(...group.stretches.map((stretch) => ({ lane, ...stretch })));
  }
  return { lanes: occupied.length, bars, labels };
}

function freeLane(occupied: readonly number[], left: number): number {
  const free = occupied.findIndex((until) => until <= left);
  return free === -1 ? occupied.length : free;
}

/** Faults of the same kind and target are one group, in the order of their first. */
function groupsOf(spans: readonly FaultSpan[], pixelsPerMicro: number): Group[] {
  const byLabel = new Map<string, FaultSpan[]>();
  for (const span of spans) byLabel.set(span.label, [...(byLabel.get(span.label) ?? []), span]);
  const groups = [...byLabel.entries()];
  const named = groups.length > MAX_NAMED + 1 ? groups.slice(0, MAX_NAMED) : groups;
  const others = groups.slice(named.length).flatMap(([, members]) => members);
  const shown = named.map(([label, members]) => groupOf(members.length > 1 ? `${shorten(label)} ×${members.length}` : shorten(label), members, pixelsPerMicro));
  return others.length === 0 ? shown : [...shown, groupOf(`${others.length} other faults`, others, pixelsPerMicro)];
}

function groupOf(text: string, members: readonly FaultSpan[], pixelsPerMicro: number): Group {
  const stretches: { left: number; right: number }[] = [];
  for (const { fromMicros, toMicros } of members) {
    const left = Math.min(fromMicros * pixelsPerMicro, PLOT_WIDTH - MIN_BAR_WIDTH);
    const right = Math.max(left + MIN_BAR_WIDTH, toMicros * pixelsPerMicro);
    const previous = stretches[stretches.length - 1];
    // What is less than a pixel apart cannot be seen apart.
    if (previous !== undefined && left - previous.right < 1) previous.right = Math.max(previous.right, right);
    else stretches.push({ left, right });
  }
  return { text, stretches };
}

function shorten(text: string): string {
  return text.length <= MAX_LABEL_CHARACTERS ? text : `${text.slice(0, MAX_LABEL_CHARACTERS - 1)}…`;
}
