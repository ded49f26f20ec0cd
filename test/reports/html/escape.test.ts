import fc from 'fast-check';
import { expect, it } from 'vitest';
import { escapeText, html, trusted } from '../../../reports/html/escape.js';

it('escapes what is put in, and markup only once', () => {
  const inner = html`<b title="${'"&\''}">${'<i>'}</b>`;
  expect(html`<p>${inner}${null}${3}${[inner, trusted('<hr>')]}</p>`.text).toBe(
    '<p><b title="&quot;&amp;&#39;">&lt;i&gt;</b>3<b title="&quot;&amp;&#39;">&lt;i&gt;</b>\n<hr></p>',
  );
});

it('lets no text leave its element or attribute, and no half character through', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    const escaped = escapeText(text);
    for (const character of ['<', '>', '"', "'", '\u0000', '\u202E']) expect(escaped).not.toContain(character);
    expect(escaped).not.toMatch(/&(?!(amp|lt|gt|quot|#39);)/);
    expect(Buffer.from(escaped).toString()).toBe(escaped);
  }), { numRuns: 300 });
  expect(escapeText('a\uD800b\uDC00c\u{1F4A5}')).toBe('a\uFFFDb\uFFFDc\u{1F4A5}');
});
