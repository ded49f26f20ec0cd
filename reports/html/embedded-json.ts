import { html, type Markup, trusted } from './escape.js';

/** Data for the page's script, in an element that browsers neither show nor run. Nothing in it can end the element. */
export const embeddedJson = (name: string, value: unknown): Markup =>
  html`<script type="application/json" class="${name}">${trusted(JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, unicodeEscape))}</script>`;

const unicodeEscape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
