import type { PlotData, PlotTime } from '../charts/plot-data.js';
import { readAt } from './reading.js';
import { ticksOf, type TimeWindow } from './time-window.js';

const SVG = 'http://www.w3.org/2000/svg';
/** Room above the plot that the names of faults take at most. */
const ABOVE = 400;
const TICK = 5;

/** Something drawn at a place of its own, which moves and is not stretched: names and dots. */
interface Pin {
  readonly element: SVGElement;
  readonly x: number;
  readonly y: number;
  /** The name of faults, which stays in the plot: its lane says which faults it names. */
  readonly isName: boolean;
}

/** One chart over time, drawn beforehand: the drawing is stretched and moved, and its axis drawn anew. */
export class TimePlot {
  readonly data: PlotData;
  readonly svg: SVGSVGElement;
  readonly #time: PlotTime;
  readonly #reading: HTMLElement | null;
  readonly #plot: SVGGElement;
  readonly #frames: SVGSVGElement[] = [];
  readonly #pins: Pin[] = [];
  readonly #axis: SVGElement[] = [];
  readonly #ownAxis = document.createElementNS(SVG, 'g');
  readonly #cursor = document.createElementNS(SVG, 'line');
  readonly #width: number;
  readonly #height: number;

  private constructor(svg: SVGSVGElement, data: PlotData, time: PlotTime, reading: HTMLElement | null) {
    this.svg = svg;
    this.data = data;
    this.#time = time;
    this.#reading = reading;
    this.#plot = svg.querySelector<SVGGElement>('.role-frame > g > g')!;
    const domain = this.#plot.querySelector('.role-axis-domain line')!;
    this.#width = Number(domain.getAttribute('x2'));
    const axis = domain.closest('.role-axis')!;
    this.#height = Number(/translate\([^,]+,([^)]+)\)/.exec(axis.querySelector('g')!.getAttribute('transform')!)![1]);
    this.#axis.push(...axis.querySelectorAll<SVGElement>('.role-axis-tick, .role-axis-label'));
    for (const mark of [...this.#plot.children]) if (/role-mark|role-scope/.test(mark.getAttribute('class') ?? '')) this.#takeMark(mark as SVGElement);
    this.#ownAxis.setAttribute('class', 'own-axis');
    this.#cursor.setAttribute('class', 'cursor');
    this.#cursor.setAttribute('y1', '0');
    this.#cursor.setAttribute('y2', String(this.#height));
    this.#plot.append(this.#ownAxis, this.#cursor);
  }

  /** The plot of a figure; null for one that is not over time. */
  static of(figure: Element, data: PlotData | null): TimePlot | null {
    const svg = figure.querySelector('svg');
    const time = data?.time ?? null;
    if (svg === null || data === null || time === null) return null;
    return new TimePlot(svg, data, time, figure.querySelector('.reading'));
  }

  /** Marks that are stretched go into a frame of their own, which is a window on them; the others are pinned. */
  #takeMark(mark: SVGElement): void {
    if (/mark-(text|symbol)/.test(mark.getAttribute('class')!)) {
      for (const element of mark.querySelectorAll<SVGElement>('[transform]')) {
        const [, x, y] = /translate\(([^,]+),([^)]+)\)/.exec(element.getAttribute('transform')!)!;
        this.#pins.push({ element, x: Number(x), y: Number(y), isName: /fault_label/.test(mark.getAttribute('class')!) });
      }
      return;
    }
    const frame = document.createElementNS(SVG, 'svg');
    const attributes = { y: -ABOVE, width: this.#width, height: this.#height + ABOVE + 2, preserveAspectRatio: 'none', class: 'stretch' };
    for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, String(value));
    mark.replaceWith(frame);
    frame.append(mark);
    this.#frames.push(frame);
  }

  /** Shows a stretch of time. */
  show(window: TimeWindow): void {
    const { endMicros } = this.#time;
    const isWhole = window.fromMicros === 0 && window.toMicros === endMicros;
    const perMicro = this.#width / endMicros;
    const left = window.fromMicros * perMicro;
    const stretch = endMicros / (window.toMicros - window.fromMicros);
    for (const frame of this.#frames) {
      frame.setAttribute('viewBox', `${left} ${-ABOVE} ${this.#width / stretch} ${this.#height + ABOVE + 2}`);
      frame.style.overflow = isWhole ? 'visible' : 'hidden';
    }
    for (const pin of this.#pins) {
      const moved = (pin.x - left) * stretch;
      const at = pin.isName ? this.#inPlot(pin.element, moved) : moved;
      pin.element.setAttribute('transform', `translate(${at},${pin.y})`);
      pin.element.style.display = at < -1 || at > this.#width + 1 ? 'none' : '';
    }
    for (const part of this.#axis) part.style.display = isWhole ? '' : 'none';
    this.#ownAxis.replaceChildren(...(isWhole ? [] : this.#ticks(window)));
  }

  #inPlot(text: SVGElement, at: number): number {
    const length = (text as SVGTextElement).getComputedTextLength();
    const isAtItsEnd = text.getAttribute('text-anchor') === 'end';
    const [low, high] = isAtItsEnd ? [length, this.#width] : [0, this.#width - length];
    return Math.max(low, Math.min(at, high));
  }

  #ticks(window: TimeWindow): SVGElement[] {
    const { unitMicros } = this.#time;
    return ticksOf(window, unitMicros).flatMap((value) => {
      const x = this.#xOf(value * unitMicros, window);
      const line = document.createElementNS(SVG, 'line');
      for (const [name, number] of [['x1', x], ['x2', x], ['y1', this.#height], ['y2', this.#height + TICK]] as const) line.setAttribute(name, String(number));
      const text = document.createElementNS(SVG, 'text');
      text.setAttribute('x', String(x));
      text.setAttribute('y', String(this.#height + TICK + 13));
      text.textContent = String(value);
      return [line, text];
    });
  }

  #xOf(micros: number, { fromMicros, toMicros }: TimeWindow): number {
    return ((micros - fromMicros) / (toMicros - fromMicros)) * this.#width;
  }

  /** Puts the cursor to an instant and says what the lines are there; returns what it says. */
  point(atMicros: number, window: TimeWindow): string[] {
    const x = this.#xOf(atMicros, window);
    const isSeen = x >= 0 && x <= this.#width;
    this.#cursor.style.display = isSeen ? '' : 'none';
    this.#cursor.setAttribute('x1', String(x));
    this.#cursor.setAttribute('x2', String(x));
    const texts = readAt(this.data, atMicros);
    if (this.#reading !== null) this.#reading.textContent = texts.join(' · ');
    return texts;
  }

  /** The instant under a place on the screen, not before the window and not after it. */
  instantAt(clientX: number, { fromMicros, toMicros }: TimeWindow): number {
    const box = this.svg.getBoundingClientRect();
    const matrix = this.#plot.getCTM()!;
    const unit = box.width / this.svg.viewBox.baseVal.width;
    const own = this.svg.getCTM();
    const origin = own === null ? matrix.e : (matrix.e - own.e) / own.a * unit;
    const share = (clientX - box.left - origin) / (this.#width * unit);
    return fromMicros + Math.min(1, Math.max(0, share)) * (toMicros - fromMicros);
  }
}
