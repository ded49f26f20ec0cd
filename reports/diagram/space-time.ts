import { formatInstant } from '../../history/index.js';
import { palette } from '../charts/palette.js';
import { textWidth } from '../charts/text-width.js';
import { shortenMiddle } from '../charts/shorten.js';
import { escapeText } from '../html/escape.js';
import type { StoryStep } from '../run-result.js';
import { counted } from '../words/numbers.js';
import { barMarks } from './bars.js';
import { type Layout, layOut, type TimeScale, VIOLATION_OFFSET } from './layout.js';
import { type Arrow, type Dot, marksOf } from './marks.js';

export interface SpaceTimeOptions {
  readonly title: string;
  /** What is to be seen in the middle, with what went wrong, and whether the contract allows it (else: a violation); null to draw the end of the story. */
  readonly violation: { readonly atMicros: number; readonly text: string; readonly isAllowed?: boolean } | null;
  readonly scale?: TimeScale;
  /** Unique in the page that the drawing becomes part of. */
  readonly id?: string;
}

const LEFT = 96;
const COLUMN = 150;
const WORDS = 420;
const MAX_NAME = 18;
/** Letters of the words beside a step. */
const WORDS_SIZE = 11;
const WORDS_WIDTH = WORDS - 16;
/** Some typefaces are wider than the plain ones that widths are guessed by. */
const WIDE = 1.1;
const BOLD = 1.08;
/** Labels that are closer than this are left out. */
const MIN_LABEL_GAP = 12;
const violationColor = palette.violation;

/** A space-time diagram of a story as SVG: machines side by side, time downwards, messages as arrows. */
export function spaceTimeDiagram(story: readonly StoryStep[], options: SpaceTimeOptions): string {
  const { title, violation, scale = 'event', id = 'space-time' } = options;
  const layout = layOut(story, violation?.atMicros ?? null, scale);
  const marks = marksOf(layout.steps, layout.columns, layout.height - 16);
  const width = LEFT + layout.columns.length * COLUMN + WORDS;
  const x = (machine: string): number => LEFT + (layout.columns.indexOf(machine) + 0.5) * COLUMN;
  const words = `Machines side by side: ${layout.columns.join(', ')}; time downwards. ${counted(layout.steps.length, 'step')} ${violation === null ? '' : `around what went wrong at ${formatInstant(violation.atMicros)}`}.`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="space-time" role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${width} ${layout.height}" width="${width}" height="${layout.height}" font-family="system-ui, sans-serif" font-size="12">`,
    `<title id="${id}-title">${escapeText(title)}</title><desc id="${id}-desc">${escapeText(words)}</desc>`,
    `<defs><marker id="${id}-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0L8,4L0,8Z" fill="${palette.lineA}"/></marker><marker id="${id}-reply" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0L8,4L0,8Z" fill="${palette.muted}"/></marker></defs>`,
    ...columns(layout, x),
    ...barMarks(marks, x),
    ...marks.arrows.map((arrow) => arrowMark(arrow, x, id)),
    ...marks.dots.map((dot) => dotMark(dot, x)),
    ...labels(layout, width - WORDS + 8),
    ...(violation === null ? [] : violationMark(layout, violation, width)),
    '</svg>',
  ].join('\n');
}

function columns({ columns: machines, height, leftOutBefore, leftOutAfter }: Layout, x: (machine: string) => number): string[] {
  const note = [...(leftOutBefore > 0 ? [`${counted(leftOutBefore, 'earlier step')} not drawn`] : []), ...(leftOutAfter > 0 ? [`${counted(leftOutAfter, 'later step')} not drawn`] : [])];
  return [
    ...machines.flatMap((machine) => [
      `<text x="${x(machine)}" y="24" text-anchor="middle" font-weight="600" fill="${palette.ink}">${escapeText(shortenMiddle(machine, MAX_NAME))}</text>`,
      `<line class="machine" x1="${x(machine)}" x2="${x(machine)}" y1="34" y2="${height - 12}" stroke="${palette.axis}"/>`,
    ]),
    ...(note.length === 0 ? [] : [`<text x="8" y="50" fill="${palette.muted}">${note.join('; ')}</text>`]),
  ];
}

function arrowMark({ kind, from, to, fromY, toY }: Arrow, x: (machine: string) => number, id: string): string {
  const x1 = x(from);
  const x2 = x(to);
  if (kind === 'lost') {
    const [mx, my] = [(x1 + x2) / 2, (fromY + toY) / 2];
    return `<g class="lost" stroke="${violationColor}" stroke-width="1.5" fill="none"><path d="M${x1},${fromY}L${mx},${my}" stroke-dasharray="4 3"/><path d="M${mx - 5},${my - 5}l10,10M${mx + 5},${my - 5}l-10,10" stroke-width="2"/></g>`;
  }
  const look = kind === 'request' ? `stroke="${palette.lineA}" marker-end="url(#${id}-head)"` : `stroke="${palette.muted}" stroke-dasharray="3 3" marker-end="url(#${id}-reply)"`;
  return `<line class="${kind}" x1="${x1}" y1="${fromY}" x2="${x2}" y2="${toY}" stroke-width="1.5" ${look}/>`;
}

const dotShapes: Readonly<Record<Dot['kind'], string>> = {
  stored: `<circle r="4" fill="${palette.lineC}"/>`,
  effect: `<path d="M0,-6L6,0L0,6L-6,0Z" fill="${palette.lineA}"/>`,
  repeated: `<path d="M0,-7L7,0L0,7L-7,0Z" fill="${violationColor}"/>`,
  gone: `<circle r="4" fill="none" stroke="${palette.lineC}" stroke-width="2"/>`,
  expired: `<path d="M-5,-5h10v10h-10Z" fill="none" stroke="${palette.lineB}" stroke-width="2"/>`,
  crash: `<path d="M-6,-6l12,12M6,-6l-12,12" stroke="${palette.ink}" stroke-width="2.5"/>`,
};

const dotMark = ({ kind, machine, y }: Dot, x: (machine: string) => number): string => `<g class="dot ${kind}" transform="translate(${x(machine)},${y})">${dotShapes[kind]}</g>`;

/** The time on the left and what happened on the right, where there is room. */
function labels({ steps }: Layout, wordsX: number): string[] {
  let lastY = -MIN_LABEL_GAP;
  return steps.flatMap(({ step, y }) => {
    if (y - lastY < MIN_LABEL_GAP) return [];
    lastY = y;
    const text = step.actor === '' ? step.text : `${step.actor} ${step.text}`;
    return [
      `<text x="${LEFT - 12}" y="${y + 4}" text-anchor="end" fill="${palette.muted}" font-size="11">${formatInstant(step.atMicros)}</text>`,
      `<text x="${wordsX}" y="${y + 4}" fill="${palette.ink}" font-size="11">${wholeWords(text)}${escapeText(shortened(text))}</text>`,
    ];
  });
}

/** What is too long to be drawn is told to whoever points at it. */
const wholeWords = (text: string): string => (shortened(text) === text ? '' : `<title>${escapeText(text)}</title>`);

/** As many of the words as there is room for. */
function shortened(text: string, weight = 1): string {
  const fits = (words: string): boolean => textWidth(words, WORDS_SIZE) * WIDE * weight <= WORDS_WIDTH;
  if (fits(text)) return text;
  let length = text.length - 1;
  while (length > 0 && !fits(`${text.slice(0, length)}…`)) length--;
  return `${text.slice(0, length).trimEnd()}…`;
}

function violationMark({ steps }: Layout, { atMicros, text, isAllowed = false }: NonNullable<SpaceTimeOptions['violation']>, width: number): string[] {
  const at = steps.findLast(({ step }) => step.atMicros <= atMicros);
  const y = (at?.y ?? 60) + VIOLATION_OFFSET;
  return [
    `<line class="violation" x1="${LEFT - 10}" x2="${width - WORDS}" y1="${y}" y2="${y}" stroke="${violationColor}" stroke-width="2"/>`,
    `<text x="8" y="${y + 4}" fill="${violationColor}" font-weight="700" font-size="11"><title>${escapeText(text)}</title>${isAllowed ? 'anomaly' : 'violation'}</text>`,
    `<text x="${width - WORDS + 8}" y="${y + 4}" fill="${violationColor}" font-weight="700" font-size="11">${escapeText(shortened(text, BOLD))}</text>`,
  ];
}
