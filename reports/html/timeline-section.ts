import { formatInstant, type PackedRecording } from '../../history/index.js';
import type { RunResult } from '../run-result.js';
import { pagedRecording } from '../timeline/pack.js';
import { counted, formatCount } from '../words/numbers.js';
import { breachesOf } from '../words/verdicts.js';
import { embeddedJson } from './embedded-json.js';
import { html, type Markup } from './escape.js';
import { region } from './region.js';

const keys: readonly (readonly [string, string])[] = [
  ['→ or l', 'one event on'], ['← or j', 'one event back'], ['space or k', 'play or pause'], ['n, p', 'to the next or previous fault or violation'],
  ['Home, End', 'to the beginning or the end'], ['Esc', 'follow nothing, filter nothing'], ['?', 'this list'],
];

/** The recorded history, to be stepped through; without one, how to get it. */
export function timelineSection(result: RunResult, history: PackedRecording | null, anchor: string): Markup {
  if (history === null || history.count === 0) {
    return html`<h3>Step through it</h3>
<p class="muted">No history of this run was kept. <code>queuelab run … --reporter html=FILE</code> makes a page that can be stepped through at once; with <code>--trace on</code>, JSON results keep the history too.</p>`;
  }
  return html`<h3 id="${anchor}-timeline">Step through it</h3>
<p class="muted">${extent(history)}${unlisted(result)} An address with the moment in it leads others to the same place.</p>
<div class="timeline" ${region('Timeline; press ? for its keys', result)}>
<div class="buttons"><button type="button" data-action="first" aria-label="To the beginning">«</button><button type="button" data-action="back" aria-label="One event back">‹</button><button type="button" data-action="play" class="play">Play</button><button type="button" data-action="forward" aria-label="One event on">›</button><button type="button" data-action="last" aria-label="To the end">»</button>
<label>Speed <select class="speed"><option value="1">1 event/s</option><option value="5" selected>5 events/s</option><option value="30">30 events/s</option><option value="300">300 events/s</option><option value="3000">3,000 events/s</option></select></label>
<label>Jump <select class="jump"><option value="">to a fault or violation…</option></select></label>
<button type="button" data-action="help" aria-label="Keys">?</button></div>
<input type="range" class="scrub" min="0" max="1" value="0" step="1" aria-label="Event">
<p class="where-line"><b class="where"></b> <span class="what"></span></p>
<div class="buttons"><label>Follow message <input type="number" class="follow" min="1" step="1" inputmode="numeric"></label><label>Machine <select class="actor"><option value="0">all</option></select></label><label>Queue <select class="queue"><option value="0">all</option></select></label><button type="button" data-action="everything">Everything</button></div>
<p class="whereabouts" role="status"></p>
<div class="board" aria-label="What stands where" role="group"></div>
<div class="lists"><ol class="events" aria-label="Events around this one"></ol><ol class="followed-story" aria-label="Life of the message that is followed"></ol></div>
<dialog aria-label="Keys"><table><tbody>${keys.map(([key, meaning]) => html`<tr><th scope="row">${key}</th><td>${meaning}</td></tr>`)}</tbody></table><button type="button" data-action="close">Close</button></dialog>
</div>
${embeddedJson('recording', pagedRecording(history, result))}`;
}

/** What is recorded, and what is not. */
function extent({ count, runEvents, fromMicros, toMicros }: PackedRecording): string {
  if (count === runEvents) return `Every event of the run is here, ${counted(count, 'event')} in all.`;
  return `Here are ${formatCount(count)} of ${formatCount(runEvents)} events, from ${formatInstant(fromMicros)} to ${formatInstant(toMicros)}; what stood where at its beginning is known.`;
}

/** Of a promise that was broken very often, not every breach is in the list to jump to. */
function unlisted({ verdicts }: RunResult): string {
  const most = verdicts.filter((verdict) => verdict.count > breachesOf(verdict).length && breachesOf(verdict).length > 0);
  return most.length === 0 ? '' : ` Of ${most.map(({ invariant, count }) => `the ${formatCount(count)} breaches of ${invariant}`).join(', and of ')}, the first ${breachesOf(most[0]!).length} can be jumped to.`;
}
