import { Board, type BoardCopy, CopyState, formatInstant, formatMicros, placeOf, type RawRow } from '../../history/index.js';
import { rowWords } from './row-words.js';

/** Where the message that is followed is at an instant, and where else to look. */
export interface Whereabouts {
  readonly text: string;
  /** Places to go to: after so many rows, or another message. */
  readonly jumps: readonly Jump[];
}

export type Jump = { readonly label: string; readonly position: number } | { readonly label: string; readonly message: number };

export interface WhereaboutsScene {
  readonly message: number;
  readonly rows: readonly RawRow[];
  /** Numbers of the rows that are of the message, rising. */
  readonly own: ArrayLike<number>;
  /** Rows that have happened, and what stands where after them. */
  readonly position: number;
  readonly board: Pick<Board, 'copies' | 'work'>;
  readonly atMicros: number;
  readonly nameOf: (id: number) => string;
  /** Events of the whole run: more than there are rows when a part of it is recorded. */
  readonly runEvents: number;
}

/** Says where the message is; where it is nowhere, when it was or will be; where it is not recorded, which is the nearest that is. */
export function whereabouts(scene: WhereaboutsScene): Whereabouts {
  const here = standing(scene);
  if (here.length > 0) return { text: `Message ${scene.message} at this instant: ${here.join('; ')}.`, jumps: [] };
  return scene.own.length === 0 ? notRecorded(scene) : elsewhere(scene);
}

function standing({ message, board, atMicros, nameOf }: WhereaboutsScene): string[] {
  const found: string[] = [];
  for (const copy of board.copies.values()) if (copy.message === message) found.push(copyWords(copy, atMicros, nameOf));
  for (const work of board.work.values()) if (work.message === message) found.push(`${nameOf(work.consumer)} works on it since ${formatInstant(work.sinceMicros)}`);
  return found;
}

function copyWords(copy: BoardCopy, atMicros: number, nameOf: WhereaboutsScene['nameOf']): string {
  const state = Board.stateAt(copy, atMicros);
  const left = formatMicros(Math.max(0, copy.untilMicros - atMicros));
  const queue = nameOf(copy.queue);
  if (state === CopyState.leased) return `copy ${copy.copy} is leased to ${nameOf(copy.consumer)} in ${queue}`;
  return state === CopyState.delayed ? `copy ${copy.copy} is delayed in ${queue}, ${left} left` : `copy ${copy.copy} is ready in ${queue}`;
}

/** Its events lie before and after this instant, or on one side of it. */
function elsewhere({ message, rows, own, position, nameOf }: WhereaboutsScene): Whereabouts {
  const next = placeOf(own, position);
  const jump = (place: number, label: string): Jump[] => (place < 0 || place >= own.length ? [] : [{ label, position: own[place]! + 1 }]);
  const told = (place: number): string => `${formatInstant(rows[own[place]!]!.timeMicros)}: ${rowWords(rows[own[place]!]!, nameOf)}`;
  if (next === 0) return { text: `Message ${message} is not there yet. Its first event here is at ${told(0)}.`, jumps: jump(0, 'Go to its first event') };
  const isOver = next === own.length;
  return {
    text: `Message ${message} is in no queue and at no consumer at this instant. The last of it was at ${told(next - 1)}${isOver ? '; nothing follows here.' : `; the next is at ${told(next)}.`}`,
    jumps: [...jump(next - 1, isOver ? 'Go to its last event' : 'Go to its event before'), ...jump(next, 'Go to its next event')],
  };
}

function notRecorded({ message, rows, runEvents }: WhereaboutsScene): Whereabouts {
  const nearest = nearestMessage(message, rows);
  const rest = rows.length < runEvents ? ' A part of the run is recorded here: it may be in the rest.' : '';
  if (nearest === 0) return { text: `No event of message ${message} is recorded here, nor of any other.${rest}`, jumps: [] };
  return { text: `No event of message ${message} is recorded here.${rest} The nearest that is recorded is message ${nearest}.`, jumps: [{ label: `Follow message ${nearest}`, message: nearest }] };
}

function nearestMessage(wanted: number, rows: readonly RawRow[]): number {
  let nearest = 0;
  for (const { message } of rows) if (message !== 0 && (nearest === 0 || Math.abs(message - wanted) < Math.abs(nearest - wanted))) nearest = message;
  return nearest;
}
