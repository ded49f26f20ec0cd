import type { PlotData } from '../charts/plot-data.js';
import { chartDataOf } from './chart-data.js';
import { toCsv } from './to-csv.js';

/** Pixels of a PNG to a unit of the drawing. */
const PNG_SCALE = 2;

/** Lets every chart be saved: as the picture that is seen, in the page's colours on its ground, and as its numbers. */
export function enableSaving(section: HTMLElement): void {
  for (const figure of section.querySelectorAll('figure')) {
    const menu = figure.querySelector<HTMLDetailsElement>('.save');
    const data = chartDataOf(figure);
    if (menu === null || data === null) continue;
    menu.hidden = false;
    menu.addEventListener('click', (event) => {
      const kind = (event.target as HTMLElement).dataset['save'];
      if (kind !== undefined) void save(kind, figure, data).then(() => { menu.open = false; });
    });
    menu.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !menu.open) return;
      menu.open = false;
      menu.querySelector('summary')?.focus();
    });
  }
}

async function save(kind: string, figure: Element, data: PlotData): Promise<void> {
  const name = `${figure.id}.${kind}`;
  if (kind === 'csv') return download(name, new Blob([toCsv(data)], { type: 'text/csv' }));
  const svg = pictureOf(figure.querySelector('svg')!);
  download(name, kind === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await toPng(svg));
}

/** The drawing with the page's colours written out and the ground behind it. */
function pictureOf(svg: SVGSVGElement): string {
  const look = getComputedStyle(document.documentElement);
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const { width, height } = svg.viewBox.baseVal;
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  for (const line of copy.querySelectorAll('.cursor')) line.remove();
  const text = new XMLSerializer().serializeToString(copy).replace(/var\((--ql-[a-z-]+)\)/g, (_, variable: string) => look.getPropertyValue(variable).trim());
  return text.replace('</desc>', `</desc><rect width="100%" height="100%" fill="${look.getPropertyValue('--ground').trim()}"/>`);
}

async function toPng(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * PNG_SCALE;
  canvas.height = image.naturalHeight * PNG_SCALE;
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob === null ? reject(new Error('The picture is too large.')) : resolve(blob)), 'image/png'));
}

/** Long enough for the browser to take the file. */
const KEPT_MILLIS = 10_000;

function download(name: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MILLIS);
}
