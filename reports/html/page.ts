import type { RunResult } from '../run-result.js';
import { answerOf } from '../words/answer.js';
import { html, type Markup, trusted } from './escape.js';
import { overview } from './overview.js';
import { runSection } from './run-section.js';
import { script } from './script.js';
import { style } from './style.js';

/** Runs that a page goes into; of further ones it has a line each. */
export const MAX_DETAILED_RUNS = 16;

/** The whole page. The same results give the same bytes. */
export async function page(results: readonly RunResult[]): Promise<string> {
  const isAlone = results.length === 1;
  const detailed = detailedRuns(results);
  const entries = results.map((result, index) => ({ result, anchor: detailed.has(index) ? `run-${index + 1}` : null }));
  const sections: Markup[] = [];
  for (const { result, anchor } of entries) {
    if (anchor !== null) sections.push(await runSection(result, { anchor, isAlone }));
  }
  const title = isAlone ? `${results[0]?.scenario.name ?? ''}: ${results[0] === undefined ? '' : answerOf(results[0]).word}` : `${results.length} runs`;
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
<header class="page"><b>queuelab</b><span>report of ${isAlone ? 'a run' : `${results.length} runs`}</span></header>
<main id="content">
${isAlone ? null : overview(entries)}
${sections}
</main>
<footer>Times are virtual: they pass in a simulated world, and the same scenario and seed give the same run.</footer>
<script>${trusted(script)}</script>
</body>
</html>`.text}\n`;
}

/** The numbers of the runs that get sections: those that went wrong first, then the rest in order. */
function detailedRuns(results: readonly RunResult[]): ReadonlySet<number> {
  const rank = { bad: 0, unsure: 1, good: 2 } as const;
  const order = results
    .map((result, index) => ({ index, rank: rank[answerOf(result).tone] }))
    .sort((left, right) => left.rank - right.rank || left.index - right.index);
  return new Set(order.slice(0, MAX_DETAILED_RUNS).map(({ index }) => index));
}
