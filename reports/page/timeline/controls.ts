import type { RawRow } from '../../../history/index.js';
import { jumpsIn } from '../../timeline/jumps.js';
import type { PagedRecording } from '../../timeline/paged.js';
import type { Filter } from '../../timeline/player.js';

/** What a reader can ask for: a step, a place, a message to follow, a filter; 0 means none. */
export type Command = 'step' | 'seek' | 'follow' | 'actor' | 'queue';

/** Carries a command out; false when there was nothing to do. */
export type Obey = (command: Command, value: number) => boolean;

export interface Contents {
  readonly names: readonly string[];
  readonly queues: readonly number[];
  readonly machines: readonly number[];
  readonly rows: readonly RawRow[];
  readonly violations: PagedRecording['violations'];
  readonly last: number;
}

const MILLIS_PER_SECOND = 1_000;
/** With motion reduced, the board changes no more often than this. */
const CALM_STEPS_PER_SECOND = 1;

/** The buttons, the slider, the lists and the keys of a timeline. */
export class Controls {
  readonly #element: HTMLElement;
  readonly #obey: Obey;
  /** Positions, in their order. */
  #jumps: readonly number[] = [];
  #position = 0;
  #frame = 0;

  constructor(element: HTMLElement, obey: Obey) {
    this.#element = element;
    this.#obey = obey;
    element.addEventListener('click', (event) => {
      const action = (event.target as HTMLElement).closest<HTMLElement>('[data-action]')?.dataset['action'];
      if (action !== undefined) this.#act(action);
    });
    element.addEventListener('keydown', (event) => this.#key(event));
    this.#input('scrub').addEventListener('input', () => this.#stopAnd('seek', Number(this.#input('scrub').value)));
    this.#input('follow').addEventListener('change', () => this.#obey('follow', Math.max(0, Math.floor(Number(this.#input('follow').value)))));
    for (const name of ['actor', 'queue'] as const) this.#select(name).addEventListener('change', () => this.#obey(name, Number(this.#select(name).value)));
    this.#select('jump').addEventListener('change', () => {
      const { value } = this.#select('jump');
      if (value !== '') this.#stopAnd('seek', Number(value));
    });
  }

  /** Fills the lists. */
  fill({ names, queues, machines, rows, violations, last }: Contents): void {
    this.#input('scrub').max = String(last);
    const option = (value: number, text: string): HTMLOptionElement => new Option(text, String(value));
    this.#select('actor').append(...machines.map((id) => option(id, names[id] ?? '')));
    this.#select('queue').append(...queues.map((id) => option(id, names[id] ?? '')));
    const jumps = jumpsIn(rows, violations, (id) => names[id] ?? '');
    this.#jumps = jumps.map(({ position }) => position);
    this.#select('jump').append(...jumps.map(({ position, text }) => option(position, text)));
    this.#select('jump').disabled = jumps.length === 0;
  }

  /** Shows where the timeline stands. */
  show(position: number, { where, what }: { readonly where: string; readonly what: string }): void {
    this.#position = position;
    this.#input('scrub').value = String(position);
    this.#input('scrub').setAttribute('aria-valuetext', `${where}: ${what}`);
    this.#part('where').textContent = where;
    this.#part('what').textContent = what;
  }

  showFilter({ message, actor, queue }: Filter): void {
    this.#input('follow').value = message === null ? '' : String(message);
    this.#select('actor').value = String(actor ?? 0);
    this.#select('queue').value = String(queue ?? 0);
  }

  /** Lists the keys. */
  showKeys(): void {
    const dialog = this.#element.querySelector<HTMLDialogElement>('dialog');
    if (dialog?.open === false) dialog.showModal();
  }

  #act(action: string): void {
    if (action === 'play') this.#togglePlay();
    else if (action === 'help') this.showKeys();
    else if (action === 'close') this.#element.querySelector<HTMLDialogElement>('dialog')?.close();
    else if (action === 'forward') this.#stopAnd('step', 1);
    else if (action === 'back') this.#stopAnd('step', -1);
    else if (action === 'first') this.#stopAnd('seek', 0);
    else if (action === 'last') this.#stopAnd('seek', Number(this.#input('scrub').max));
    else if (action === 'everything') {
      for (const name of ['actor', 'queue'] as const) {
        this.#select(name).value = '0';
        this.#obey(name, 0);
      }
      this.#obey('follow', 0);
    }
  }

  readonly #keys: Readonly<Record<string, string>> = {
    ' ': 'play', k: 'play', ArrowRight: 'forward', l: 'forward', ArrowLeft: 'back', j: 'back', Home: 'first', End: 'last', '?': 'help', Escape: 'everything',
  };

  #key(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    const isTyping = target instanceof HTMLInputElement && target.type === 'number';
    const isChoosing = target instanceof HTMLSelectElement;
    const isPressing = target instanceof HTMLButtonElement && event.key === ' ';
    if (isTyping || isChoosing || isPressing || event.ctrlKey || event.metaKey || event.altKey || this.#element.querySelector('dialog')?.open === true) return;
    if (event.key === 'n' || event.key === 'p') this.#jump(event.key === 'n');
    else if (this.#keys[event.key] !== undefined) this.#act(this.#keys[event.key]!);
    else return;
    event.preventDefault();
  }

  /** To the next or the previous fault or violation. */
  #jump(isForward: boolean): void {
    const at = this.#position;
    const target = isForward ? this.#jumps.find((position) => position > at) : this.#jumps.findLast((position) => position < at);
    if (target !== undefined) this.#stopAnd('seek', target);
  }

  #stopAnd(command: Command, value: number): void {
    this.#stop();
    this.#obey(command, value);
  }

  #togglePlay(): void {
    if (this.#frame !== 0) return this.#stop();
    this.#part('play').textContent = 'Pause';
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    let last = performance.now();
    let due = 0;
    const tick = (now: number): void => {
      const speed = Number(this.#select('speed').value);
      const perSecond = isCalm ? CALM_STEPS_PER_SECOND : speed;
      due += ((now - last) / MILLIS_PER_SECOND) * perSecond;
      last = now;
      const steps = Math.floor(due);
      due -= steps;
      // Calm: as fast as asked for, in steps that can be followed.
      const size = isCalm ? Math.max(1, Math.round(speed / CALM_STEPS_PER_SECOND)) : 1;
      if (steps > 0 && !this.#obey('step', steps * size)) return this.#stop();
      this.#frame = requestAnimationFrame(tick);
    };
    this.#frame = requestAnimationFrame(tick);
  }

  #stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#part('play').textContent = 'Play';
  }

  #part(name: string): HTMLElement {
    return this.#element.querySelector<HTMLElement>(`.${name}`)!;
  }

  #input(name: string): HTMLInputElement {
    return this.#element.querySelector<HTMLInputElement>(`input.${name}`)!;
  }

  #select(name: string): HTMLSelectElement {
    return this.#element.querySelector<HTMLSelectElement>(`select.${name}`)!;
  }
}
