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
  return themed(plain(merged(withTenths(svg.replace(/^[\s\S]*?<svg[^>]*>/, head)))));
}

function withTenths(svg: string): string {
  return svg.replace(/ d="([^"]*)"/g, (_, path: string) => ` d="${path.replace(/\d+\.\d{2,}/g, (number) => String(Number(Number(number).toFixed(1))))}"`);
}

/** Fields of a heat map that look the same become one path: thousands of them would be half of the page. */
function merged(svg: string): string {
  return svg.replace(/(<g class="[^"]* heat_marks"[^>]*>)(.*?)(<\/g>)/, (_, open: string, fields: string, close: string) => {
    const paths = new Map<string, string[]>();
    for (const [, d = '', look = ''] of fields.matchAll(/<path[^>]*? d="([^"]*)"([^>]*)\/>/g)) paths.set(look, [...(paths.get(look) ?? []), d]);
    return `${open}${[...paths].map(([look, ds]) => `<path d="${ds.join('')}"${look}/>`).join('')}${close}`;
  });
}

/** Without what only says that there is nothing to say: the page gives the picture as a whole its words. */
const plain = (svg: string): string =>
  svg.replace(/ (?:role="graphics-\w+"|aria-roledescription="[^"]*"|aria-hidden="true"|pointer-events="none")/g, '')
    .replace(/<path class="(?:foreground|background)"[^>]*\/>/g, '');

/** Turns the palette's colours over to the page's variables. */
export function themed(svg: string): string {
  let text = svg;
  for (const [name, color] of Object.entries(palette)) text = text.replaceAll(`"${color}"`, `"var(${variableOf(name)})"`);
  return text;
}
