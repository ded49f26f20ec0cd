import { formatInstant, type RawRow, tellStory } from '../../../history/index.js';
import type { PagedRecording } from '../../timeline/paged.js';
import { partiesIn } from '../../timeline/parties.js';
import { Player } from '../../timeline/player.js';
import { rowWords } from '../../timeline/row-words.js';
import { whereabouts } from '../../timeline/whereabouts.js';
import { formatCount } from '../../words/numbers.js';
import { asksForKeys } from './asks-for-keys.js';
import { drawBoard } from './board-view.js';
import { Controls, type Command } from './controls.js';
import { fragmentOf, momentIn } from './moment.js';
import { type Unpacked, unpack } from './unpack.js';

const ROWS_BEFORE = 7;
const ROWS_AFTER = 8;
/** How long a moment rests before it becomes part of the address. */
const ADDRESS_MILLIS = 250;

/** The recorded history of a run, to be played, stepped through in both directions, and looked into. */
export class Timeline {
  readonly #anchor: string;
  readonly #element: HTMLElement;
  readonly #recording: PagedRecording;
  readonly #player: Player;
  readonly #controls: Controls;
  readonly #queues: readonly number[];
  readonly #machines: readonly number[];
  /** By machine, how many rows had happened when it first did anything. */
  readonly #firstActs: ReadonlyMap<number, number>;
  /** Rows of the message that is followed. */
  #own: Int32Array = new Int32Array(0);
  #ownMessage: number | null = null;
  #addressTimer: ReturnType<typeof setTimeout> | null = null;

  private constructor(section: HTMLElement, element: HTMLElement, recording: PagedRecording, { rows, start }: Unpacked) {
    this.#anchor = section.id;
    this.#element = element;
    this.#recording = recording;
    this.#player = new Player(rows, start);
    const { queues, machines } = partiesIn(rows, this.#nameOf);
    this.#queues = queues;
    this.#machines = machines;
    this.#firstActs = firstActsIn(rows);
    this.#controls = new Controls(element, (command, value) => this.#obey(command, value));
    this.#controls.fill({ names: recording.names, queues: this.#queues, machines: this.#machines, rows, violations: recording.violations, last: rows.length });
    element.addEventListener('click', (event) => {
      const { message, position } = (event.target as HTMLElement).closest<HTMLElement>('[data-message], [data-position]')?.dataset ?? {};
      if (message !== undefined) this.#follow(Number(message));
      else if (position !== undefined) this.#go(Number(position));
    });
    addEventListener('hashchange', () => this.#goToAddress());
    element.classList.add('ready');
    if (!this.#goToAddress()) this.#draw();
  }

  /** Brings the recording of a run to life, when the reader comes near it or an address leads into it. */
  static of(section: HTMLElement): void {
    const element = section.querySelector<HTMLElement>('.timeline');
    const text = section.querySelector('.recording')?.textContent ?? null;
    if (element === null || text === null) return;
    let started: Promise<Timeline> | null = null;
    const begin = async (): Promise<Timeline> => {
      const recording = JSON.parse(text) as PagedRecording;
      return new Timeline(section, element, recording, await unpack(recording));
    };
    const start = (): Promise<Timeline> => (started ??= begin());
    // Of several timelines, the first that is shown lists the keys: the others see that the key was taken.
    document.addEventListener('keydown', (event) => {
      if (section.getClientRects().length === 0 || !asksForKeys(event)) return;
      event.preventDefault();
      void start().then((timeline) => timeline.#controls.showKeys());
    });
    if (momentIn(location.hash, section.id) !== null) void start();
    addEventListener('hashchange', () => {
      if (momentIn(location.hash, section.id) !== null) void start();
    });
    new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) void start();
    }, { rootMargin: '400px' }).observe(section.querySelector(`#${section.id}-timeline`) ?? section);
  }

  #nameOf = (id: number): string => this.#recording.names[id] ?? '';

  #obey(command: Command, value: number): boolean {
    switch (command) {
      case 'step':
        return this.#moved(this.#player.step(value));
      case 'seek':
        this.#go(value);
        return true;
      case 'follow':
        this.#follow(value === 0 ? null : value);
        return true;
      case 'actor':
        this.#player.filter = { ...this.#player.filter, actor: value === 0 ? null : value };
        break;
      case 'queue':
        this.#player.filter = { ...this.#player.filter, queue: value === 0 ? null : value };
        break;
    }
    this.#draw();
    return true;
  }

  #moved(isMoved: boolean): boolean {
    if (isMoved) this.#draw();
    return isMoved;
  }

  #go(position: number): void {
    this.#player.seek(position);
    this.#draw();
  }

  #follow(message: number | null): void {
    this.#player.filter = { ...this.#player.filter, message };
    this.#controls.showFilter(this.#player.filter);
    this.#draw();
  }

  #goToAddress(): boolean {
    const moment = momentIn(location.hash, this.#anchor);
    if (moment === null) return false;
    const { message, machine: actor, queue } = moment;
    this.#player.filter = { message, actor, queue };
    this.#controls.showFilter(this.#player.filter);
    this.#player.seek(moment.event - this.#recording.firstIndex);
    this.#draw();
    this.#element.scrollIntoView({ block: 'start' });
    return true;
  }

  #draw(): void {
    const { row, position, board, filter, rows } = this.#player;
    const atMicros = row?.timeMicros ?? rows[0]?.timeMicros ?? 0;
    const { firstIndex, runEvents } = this.#recording;
    this.#controls.show(position, {
      where: `${formatInstant(atMicros)} · event ${formatCount(firstIndex + position)} of ${formatCount(runEvents)}`,
      what: row === null ? 'before the first event' : rowWords(row, this.#nameOf),
    });
    // Of a part of a run it is known what had happened before.
    const isKnown = (machine: number): boolean => firstIndex > 0 || (this.#firstActs.get(machine) ?? 0) < position;
    drawBoard(this.#part('board'), { board, atMicros, nameOf: this.#nameOf, queues: this.#queues, machines: this.#machines, isKnown, followed: filter.message });
    this.#drawWhereabouts(atMicros);
    this.#part('events').replaceChildren(...(this.#player.passingCount === 0 ? [nothingPasses()] : this.#player.around(ROWS_BEFORE, ROWS_AFTER).map((number) => this.#eventItem(number))));
    this.#drawStory();
    this.#addressLater();
  }

  /** Where the message that is followed is, or else where to look for it. */
  #drawWhereabouts(atMicros: number): void {
    const { filter: { message }, rows, position, board } = this.#player;
    const part = this.#part('whereabouts');
    if (message === null) return part.replaceChildren();
    if (message !== this.#ownMessage) {
      this.#ownMessage = message;
      this.#own = Int32Array.from(rows.flatMap((row, index) => (row.message === message ? [index] : [])));
    }
    const { text, jumps } = whereabouts({ message, rows, own: this.#own, position, board, atMicros, nameOf: this.#nameOf, runEvents: this.#recording.runEvents });
    part.replaceChildren(text, ...jumps.map((jump) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = jump.label;
      if ('position' in jump) button.dataset['position'] = String(jump.position);
      else button.dataset['message'] = String(jump.message);
      return button;
    }));
  }

  #eventItem(number: number): HTMLElement {
    const row = this.#player.rows[number]!;
    const item = document.createElement('li');
    const button = document.createElement('button');
    button.type = 'button';
    button.dataset['position'] = String(number + 1);
    button.textContent = `${formatInstant(row.timeMicros)}  ${rowWords(row, this.#nameOf)}`;
    if (number === this.#player.position - 1) button.setAttribute('aria-current', 'step');
    item.append(button);
    return item;
  }

  /** The life of the message that is followed, as far as it is recorded. */
  #drawStory(): void {
    const { filter: { message }, rows, row } = this.#player;
    const part = this.#part('followed-story');
    if (message === null) return part.replaceChildren();
    if (part.dataset['message'] !== String(message)) {
      part.dataset['message'] = String(message);
      part.replaceChildren(...tellStory(message, rows, { text: this.#nameOf }).map(({ atMicros, actor, text }) => {
        const item = document.createElement('li');
        item.dataset['at'] = String(atMicros);
        item.textContent = `${formatInstant(atMicros)}  ${actor} ${text}`;
        return item;
      }));
    }
    for (const item of part.children) item.classList.toggle('to-come', Number((item as HTMLElement).dataset['at']) > (row?.timeMicros ?? -1));
  }

  #part(name: string): HTMLElement {
    return this.#element.querySelector<HTMLElement>(`.${name}`)!;
  }

  #addressLater(): void {
    if (this.#addressTimer !== null) clearTimeout(this.#addressTimer);
    this.#addressTimer = setTimeout(() => {
      const { position, filter } = this.#player;
      const { message, actor: machine, queue } = filter;
      const isAsOpened = position === 0 && message === null && machine === null && queue === null;
      if (isAsOpened && momentIn(location.hash, this.#anchor) === null) return;
      history.replaceState(null, '', fragmentOf(this.#anchor, { event: this.#recording.firstIndex + position, message, machine, queue }));
    }, ADDRESS_MILLIS);
  }
}

function nothingPasses(): HTMLElement {
  const item = document.createElement('li');
  item.className = 'more';
  item.textContent = 'No event here passes the filter.';
  return item;
}

/** By machine, the number of the first row in which it acts. */
function firstActsIn(rows: readonly RawRow[]): Map<number, number> {
  const first = new Map<number, number>();
  rows.forEach(({ actor }, index) => {
    if (!first.has(actor)) first.set(actor, index);
  });
  return first;
}
