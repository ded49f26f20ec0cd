import { formatMicros } from '../../history/index.js';
import type { RunResult } from '../run-result.js';
import { formatCount } from '../words/numbers.js';
import { settingText } from '../words/setting-text.js';
import { html, type Markup } from './escape.js';

/** What it takes to run this again, and every setting that was used. */
export function settingsSection(result: RunResult): Markup {
  const { scenario, settings, run } = result;
  return html`<h3>Run it again</h3>
<pre class="replay" tabindex="0"><code>${result.replay}</code></pre>
<dl class="facts">
<dt>Seed</dt><dd><code>${result.seed}</code></dd>
<dt>Fingerprint</dt><dd><code>${result.fingerprint}</code></dd>
<dt>Scenario</dt><dd><code>${scenario.file}</code></dd>
<dt>SHA-256 of the file</dt><dd><code>${scenario.sha256}</code></dd>
<dt>Virtual time</dt><dd>${formatMicros(run.virtualMicros)}, ${formatCount(run.events)} events</dd>
<dt>Version</dt><dd>queuelab ${result.version}</dd>
<dt>Data</dt><dd>Each chart can be saved as SVG, PNG and CSV; <code>--reporter csv=FILE</code> writes all time series.</dd>
</dl>
<details><summary>Settings</summary>
${settings.length === 0 ? html`<p class="muted">There are none.</p>` : html`<table><thead><tr><th scope="col">Setting</th><th scope="col">Value</th><th scope="col">From</th></tr></thead>
<tbody>${settings.map(({ path, value, isDefault }) => html`<tr><th scope="row"><code>${path}</code></th><td><code>${settingText({ path, value })}</code></td><td>${isDefault ? html`<span class="muted">default</span>` : 'scenario'}</td></tr>`)}</tbody></table>`}
</details>`;
}
