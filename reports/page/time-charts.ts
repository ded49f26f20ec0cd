import { formatInstant } from '../../history/index.js';
import { chartDataOf } from './chart-data.js';
import { TimePlot } from './time-plot.js';
import { fitted, moved, type TimeWindow, zoomed } from './time-window.js';

const SLIDER_STEPS = 1_000;
const ZOOM = 0.5;
const MOVE = 0.5;
/** A drag of fewer pixels is a click. */
const MIN_DRAG = 8;
/** What is shown before and after a fault, as a share of its length. */
const AROUND = 0.6;

/** The charts over time of one run: they show the same stretch of it, and one cursor reads all of them. */
export class TimeCharts {
  readonly #plots: readonly TimePlot[];
  readonly #bar: HTMLElement;
  readonly #slider: HTMLInputElement;
  readonly #text: HTMLElement;
  readonly #shown: HTMLElement;
  readonly #endMicros: number;
  #window: TimeWindow;
  #atMicros = 0;

  private constructor(section: HTMLElement, bar: HTMLElement, plots: readonly TimePlot[]) {
    this.#plots = plots;
    this.#bar = bar;
    this.#endMicros = plots[0]!.data.time!.endMicros;
    this.#window = { fromMicros: 0, toMicros: this.#endMicros };
    this.#slider = bar.querySelector<HTMLInputElement>('.instant')!;
    this.#text = bar.querySelector<HTMLElement>('.instant-text')!;
    this.#shown = bar.querySelector<HTMLElement>('.shown')!;
    bar.hidden = false;
    section.classList.add('has-cursor');
    this.#listen();
    this.#show(this.#window);
  }

  /** Brings the charts of a run to life; null when it has none over time. */
  static of(section: HTMLElement): TimeCharts | null {
    const bar = section.querySelector<HTMLElement>('.time-bar');
    const plots = [...section.querySelectorAll('figure')].flatMap((figure) => TimePlot.of(figure, chartDataOf(figure)) ?? []);
    return bar === null || plots.length === 0 ? null : new TimeCharts(section, bar, plots);
  }

  #listen(): void {
    this.#slider.addEventListener('input', () => {
      const { fromMicros, toMicros } = this.#window;
      this.#point(fromMicros + (Number(this.#slider.value) / SLIDER_STEPS) * (toMicros - fromMicros));
    });
    this.#bar.addEventListener('click', (event) => {
      const zoom = (event.target as HTMLElement).dataset['zoom'];
      if (zoom !== undefined) this.#show(this.#changed(zoom));
    });
    this.#bar.addEventListener('keydown', (event) => {
      const zoom = { '+': 'in', '=': 'in', '-': 'out', '0': 'all' }[event.key];
      if (zoom !== undefined && !(event.target instanceof HTMLSelectElement)) this.#show(this.#changed(zoom));
    });
    this.#bar.querySelector<HTMLSelectElement>('.goto')?.addEventListener('change', (event) => {
      const [from, to] = (event.target as HTMLSelectElement).value.split(',').map(Number);
      if (from === undefined || to === undefined) return;
      const margin = Math.max((to - from) * AROUND, this.#endMicros / 40);
      this.#show({ fromMicros: from - margin, toMicros: to + margin });
      this.#point(from);
    });
    for (const plot of this.#plots) this.#listenTo(plot);
  }

  #changed(zoom: string): TimeWindow {
    switch (zoom) {
      case 'in':
        return zoomed(this.#window, ZOOM, this.#atMicros);
      case 'out':
        return zoomed(this.#window, 1 / ZOOM, this.#atMicros);
      case 'earlier':
        return moved(this.#window, -MOVE);
      case 'later':
        return moved(this.#window, MOVE);
      default:
        return { fromMicros: 0, toMicros: this.#endMicros };
    }
  }

  /** A move reads, a drag zooms, a double click shows the whole run. */
  #listenTo(plot: TimePlot): void {
    const { svg } = plot;
    let dragFrom: number | null = null;
    svg.addEventListener('pointerdown', (event) => {
      if (event.pointerType === 'mouse' && event.button === 0) dragFrom = event.clientX;
      this.#point(plot.instantAt(event.clientX, this.#window));
    });
    svg.addEventListener('pointermove', (event) => {
      if (event.pointerType !== 'mouse' && event.buttons === 0) return;
      this.#point(plot.instantAt(event.clientX, this.#window));
      svg.classList.toggle('selecting', dragFrom !== null && Math.abs(event.clientX - dragFrom) >= MIN_DRAG);
    });
    addEventListener('pointerup', (event) => {
      if (dragFrom === null) return;
      const start = dragFrom;
      dragFrom = null;
      svg.classList.remove('selecting');
      if (Math.abs(event.clientX - start) < MIN_DRAG) return;
      const ends = [plot.instantAt(start, this.#window), plot.instantAt(event.clientX, this.#window)].sort((a, b) => a - b);
      this.#show({ fromMicros: ends[0]!, toMicros: ends[1]! });
    });
    svg.addEventListener('dblclick', () => this.#show(this.#changed('all')));
  }

  #show(window: TimeWindow): void {
    this.#window = fitted(window, this.#endMicros);
    const { fromMicros, toMicros } = this.#window;
    for (const plot of this.#plots) plot.show(this.#window);
    const isWhole = fromMicros === 0 && toMicros === this.#endMicros;
    this.#shown.textContent = isWhole ? '' : `shown: ${formatInstant(Math.round(fromMicros))} to ${formatInstant(Math.round(toMicros))}`;
    for (const button of this.#bar.querySelectorAll<HTMLButtonElement>('button[data-zoom]')) {
      if (button.dataset['zoom'] !== 'in') button.disabled = isWhole;
    }
    this.#point(Math.min(Math.max(this.#atMicros, fromMicros), toMicros));
  }

  #point(atMicros: number): void {
    this.#atMicros = atMicros;
    const { fromMicros, toMicros } = this.#window;
    const instant = formatInstant(Math.round(atMicros));
    this.#slider.value = String(Math.round(((atMicros - fromMicros) / (toMicros - fromMicros)) * SLIDER_STEPS));
    this.#text.textContent = instant;
    const readings = this.#plots.flatMap((plot) => {
      const texts = plot.point(atMicros, this.#window);
      return texts.length === 0 ? [] : [`${plot.data.title}: ${texts.join(', ')}`];
    });
    this.#slider.setAttribute('aria-valuetext', `${instant}. ${readings.join('. ')}`);
  }
}
