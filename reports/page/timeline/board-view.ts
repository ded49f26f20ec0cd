import { Board, type BoardCopy, CopyState, formatInstant, formatMicros, NO_DEADLINE_MICROS } from '../../../history/index.js';
import { firstCopies } from '../../timeline/first-copies.js';
import { counted, formatCount } from '../../words/numbers.js';

/** Messages of a queue, and works of a consumer, that are drawn. */
const MAX_CHIPS = 40;
const MAX_WORKS = 12;
/** Queues and machines that are drawn; the others can be chosen as a filter. */
const MAX_QUEUES = 8;
const MAX_MACHINES = 24;

const stateWords: Readonly<Record<CopyState, string>> = { [CopyState.ready]: 'ready', [CopyState.delayed]: 'delayed', [CopyState.leased]: 'leased' };

/** What the view is of. */
export interface BoardScene {
  readonly board: Board;
  readonly atMicros: number;
  readonly nameOf: (id: number) => string;
  readonly queues: readonly number[];
  readonly machines: readonly number[];
  /** Whether anything is known of a machine yet. */
  readonly isKnown: (machine: number) => boolean;
  readonly followed: number | null;
}

/** Draws what stands where: queues with their messages, machines with their work, faults. */
export function drawBoard(element: HTMLElement, scene: BoardScene): void {
  const queues = scene.queues.slice(0, MAX_QUEUES);
  const first = firstCopies(scene.board.copies.values(), { queues, most: MAX_CHIPS, followed: scene.followed });
  element.replaceChildren(
    ...queues.map((queue) => queueView(queue, first.get(queue) ?? [], scene)), ...more(scene.queues.length - queues.length, 'queue'),
    machinesView(scene), ...more(scene.machines.length - MAX_MACHINES, 'machine'),
  );
}

function queueView(queue: number, copies: readonly BoardCopy[], { board, atMicros, nameOf, followed }: BoardScene): HTMLElement {
  const { ready, leased, delayed } = board.levelsOf(queue, atMicros);
  const count = (number: number): string => formatCount(number);
  const view = box('queue', nameOf(queue), `${count(ready)} ready, ${count(leased)} leased${delayed > 0 ? `, ${count(delayed)} delayed` : ''}`);
  view.dataset['counts'] = `${ready},${leased},${delayed}`;
  view.append(...copies.map((copy) => copyChip(copy, atMicros, nameOf, followed)), ...more(ready + leased + delayed - copies.length));
  return view;
}

function copyChip(copy: BoardCopy, atMicros: number, nameOf: (id: number) => string, followed: number | null): HTMLElement {
  const state = Board.stateAt(copy, atMicros);
  const left = copy.untilMicros - atMicros;
  const more = state === CopyState.leased ? ` to ${nameOf(copy.consumer)}, ${leftWords(left, copy.untilMicros)}` : state === CopyState.delayed ? `, ${formatMicros(left)} left` : '';
  return chip(copy.message, stateWords[state], `message ${copy.message}, copy ${copy.copy}: ${stateWords[state]}${more}; ${copy.deliveries} deliveries`, followed);
}

/** A lease without an end of its own lasts as long as its channel. */
function leftWords(left: number, untilMicros: number): string {
  if (untilMicros >= NO_DEADLINE_MICROS) return 'for as long as its channel lasts';
  return left >= 0 ? `${formatMicros(left)} left` : 'over';
}

function machinesView({ board, atMicros, nameOf, machines, isKnown, followed }: BoardScene): HTMLElement {
  const view = document.createElement('div');
  view.className = 'machines';
  const faults = [...board.faults.values()];
  // Where a work lies in the board's map depends on the way that led here.
  const works = [...board.work.values()].sort((left, right) => left.sinceMicros - right.sinceMicros || left.message - right.message);
  view.append(...machines.slice(0, MAX_MACHINES).map((machine) => {
    const name = nameOf(machine);
    const struck = faults.filter(({ actor, peer }) => [actor, peer].some((id) => id !== 0 && nameOf(id).split('+').includes(name))).map(({ kind }) => nameOf(kind));
    const work = works.filter(({ consumer }) => consumer === machine);
    const element = box('machine', name, board.down.has(machine) ? 'down' : work.length > 0 ? `working on ${work.length}` : isKnown(machine) ? 'up' : 'not heard of yet');
    element.classList.toggle('down', board.down.has(machine));
    if (struck.length > 0) element.append(line('struck', `under ${[...new Set(struck)].join(', ')}`));
    const shown = work.slice(0, MAX_WORKS);
    element.append(...shown.map(({ message, sinceMicros }) => chip(message, 'working', `message ${message}, since ${formatInstant(sinceMicros)} (${formatMicros(atMicros - sinceMicros)})`, followed)), ...more(work.length - shown.length));
    return element;
  }));
  return view;
}

function box(kind: string, name: string, counts: string): HTMLElement {
  const element = document.createElement('div');
  element.className = `box ${kind}`;
  const head = document.createElement('p');
  const strong = document.createElement('b');
  strong.textContent = name;
  head.append(strong, ` ${counts}`);
  element.append(head);
  return element;
}

function line(className: string, text: string): HTMLElement {
  const element = document.createElement('p');
  element.className = className;
  element.textContent = text;
  return element;
}

const more = (left: number, what = ''): HTMLElement[] => (left > 0 ? [line('more', `and ${what === '' ? `${formatCount(left)} more` : counted(left, `more ${what}`)}`)] : []);

function chip(message: number, state: string, title: string, followed: number | null): HTMLElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = `chip ${state}${message === followed ? ' followed' : ''}`;
  element.textContent = String(message);
  element.title = title;
  element.setAttribute('aria-label', title);
  element.dataset['message'] = String(message);
  return element;
}
