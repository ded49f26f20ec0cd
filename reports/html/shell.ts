import { html, type Markup, trusted } from './escape.js';
import { script } from './script.js';
import { style } from './style.js';

export interface Shell {
  readonly title: string;
  /** What the page is, in a few words. */
  readonly about: string;
  readonly content: Markup;
}

/** A whole page around its content, with style and script inside, so that it needs nothing beside it. */
export function shell({ title, about, content }: Shell): string {
  return `${html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title} · queuelab</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the results</a>
<header class="page"><b>queuelab</b><span>${about}</span></header>
<main id="content">
${content}
</main>
<footer>Times are virtual: they pass in a simulated world, and the same scenario and seed give the same run.</footer>
<script>${trusted(script)}</script>
</body>
</html>`.text}\n`;
}
