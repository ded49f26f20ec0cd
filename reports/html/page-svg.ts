import { CHART_WIDTH, PLOT_HEIGHT } from '../charts/chart.js';
import { palette, variableOf } from '../charts/palette.js';
import { escapeText } from './escape.js';

export interface SvgWords {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

/**
 * Makes a drawing part of a page: a picture with a title and a description, as wide as there is room, in the colours that the
 * page's variables (`--ql-ink` and so on) give it, with numbers no finer than a tenth of a pixel.
 */
export function pageSvg(svg: string, words: SvgWords): string {
  const height = /viewBox="0 0 \S+ (\S+)"/.exec(svg)?.[1] ?? String(PLOT_HEIGHT);
  const head =
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="${words.id}-title ${words.id}-description" viewBox="0 0 ${CHART_WIDTH} ${height}"><title id="${words.id}-title">${escapeText(words.title)}</title>` +
    `<desc id="${words.id}-description">${escapeText(words.description)}</desc>`;
  return themed(withTenths(svg.replace(/^[\s\S]*?<svg[^>]*>/, head)));
}

function withTenths(svg: string): string {
  return svg.replace(/ d="([^"]*)"/g, (_, path: string) => ` d="${path.replace(/\d+\.\d{2,}/g, (number) => String(Number(Number(number).toFixed(1))))}"`);
}

function themed(svg: string): string {
  let text = svg;
  for (const [name, color] of Object.entries(palette)) text = text.replaceAll(`"${color}"`, `"var(${variableOf(name)})"`);
  return text;
}
