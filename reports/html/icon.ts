import { html, type Markup, trusted } from './escape.js';

export type IconName = 'good' | 'bad' | 'unsure' | 'noted' | 'quiet';

/** Drawn rather than written: not every font has a check mark. */
const strokes: Readonly<Record<IconName, string>> = {
  good: 'M3 8.5l3.2 3.3L13 4.5',
  bad: 'M4 4l8 8M12 4l-8 8',
  unsure: 'M5 6a3 3 0 1 1 4.5 2.5C8.5 9 8 9.5 8 10.500M8 13.200v.1',
  noted: 'M8 3v6.500M8 12.900v.1',
  quiet: 'M4 8h8',
};

/** A small picture that repeats what the word beside it says. */
export function icon(name: IconName): Markup {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="${trusted(strokes[name])}"/></svg>`;
}
