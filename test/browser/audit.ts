import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/** Serious and critical findings of axe-core on the page as it stands, and of those rules that are named whatever their weight; empty on a good one. */
export async function auditFindings(page: Page, rules: readonly string[] = []): Promise<readonly string[]> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async (named) => {
    const { violations } = await (window as unknown as { axe: { run: () => Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> } }).axe.run();
    return violations.filter(({ id, impact }) => impact === 'serious' || impact === 'critical' || named.includes(id)).map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
  }, rules);
}

/** How wide the page is, and how wide the view: a page that is wider scrolls sideways. */
export const widths = (page: Page): Promise<{ readonly page: number; readonly view: number }> =>
  page.evaluate(() => ({ page: document.documentElement.scrollWidth, view: innerWidth }));

/** Labels of legends that touch what follows them in their row. */
export const touchingLabels = (page: Page): Promise<readonly string[]> =>
  page.locator('figure > svg').evaluateAll((pictures) => pictures.flatMap((svg) => {
    const labels = [...svg.querySelectorAll('.role-legend-label text')];
    const others = [...labels, ...svg.querySelectorAll('.role-legend-symbol path')].map((element) => ({ element, box: element.getBoundingClientRect() }));
    return labels.flatMap((label) => {
      const { left, right, top, bottom } = label.getBoundingClientRect();
      const isTouched = others.some(({ element, box }) => element !== label && box.left > left && box.left < right + 4 && box.top < bottom - 4 && box.bottom > top + 4);
      return isTouched ? [label.textContent ?? ''] : [];
    });
  }));

/** Texts of charts that reach out of their picture. */
export const cutTexts = (page: Page): Promise<readonly (string | null)[]> =>
  page.locator('figure > svg').evaluateAll((pictures) => pictures.flatMap((svg) => {
    const frame = svg.getBoundingClientRect();
    return [...svg.querySelectorAll('text')].filter((text) => {
      const box = text.getBoundingClientRect();
      return box.width > 0 && (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1);
    }).map((text) => text.textContent);
  }));
