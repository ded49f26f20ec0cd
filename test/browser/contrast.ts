import type { Page } from 'playwright-core';

/** WCAG 2.1, 1.4.3: body text, and text of at least 24 px or of at least 18.66 px in bold. */
const ENOUGH = 4.5;
const ENOUGH_FOR_LARGE = 3;

/**
 * Looks at every visible piece of text, in charts too, and holds its colour against the ground behind it.
 * @returns how many were looked at, and those that are hard to read.
 */
export async function lowContrast(page: Page): Promise<{ readonly checked: number; readonly low: readonly string[] }> {
  return page.evaluate(({ enough, enoughForLarge }) => {
    type Color = readonly [number, number, number, number];
    const parse = (text: string): Color => {
      const [r = 0, g = 0, b = 0, a = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
      return text === 'none' ? [0, 0, 0, 0] : [r, g, b, a];
    };
    const luminance = ([r, g, b]: Color): number => {
      const [lr = 0, lg = 0, lb = 0] = [r, g, b].map((part) => part / 255).map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * lr + 0.7152 * lg + 0.0722 * lb;
    };
    // Of a text in a drawing, the last shape before it that it lies on, such as the field of a heat map.
    const shapeBehind = (element: Element): Color | null => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      const isBehind = (shape: Element): boolean => {
        const box = shape.getBoundingClientRect();
        const isSolid = Number(shape.getAttribute('opacity') ?? 1) > 0.9 && Number(shape.getAttribute('fill-opacity') ?? 1) > 0.9 && parse(getComputedStyle(shape).fill)[3] === 1;
        const isBefore = (shape.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
        return isSolid && isBefore && box.left <= x && box.right >= x && box.top <= y && box.bottom >= y;
      };
      const shape = [...(element.closest('svg')?.querySelectorAll('path, rect') ?? [])].filter(isBehind).pop();
      return shape === undefined ? null : parse(getComputedStyle(shape).fill);
    };
    const groundBehind = (element: Element): Color => {
      const shape = element instanceof SVGElement ? shapeBehind(element) : null;
      if (shape !== null) return shape;
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        const color = parse(getComputedStyle(at).backgroundColor);
        if (color[3] === 1) return color;
      }
      return [255, 255, 255, 1];
    };
    const low: string[] = [];
    let checked = 0;
    for (const element of document.querySelectorAll('body *')) {
      const owns = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '');
      const box = element.getBoundingClientRect();
      if (!owns || box.width === 0 || box.right <= 0 || ['SCRIPT', 'STYLE', 'title', 'desc'].includes(element.tagName)) continue;
      const style = getComputedStyle(element);
      const color = parse(element instanceof SVGElement ? style.fill : style.color);
      const [light = 0, dark = 0] = [luminance(color), luminance(groundBehind(element))].sort((a, b) => b - a);
      const contrast = (light + 0.05) / (dark + 0.05);
      const size = parseFloat(style.fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      checked++;
      if (contrast < (isLarge ? enoughForLarge : enough)) low.push(`${contrast.toFixed(2)} ${element.tagName} "${element.textContent?.slice(0, 40)}"`);
    }
    return { checked, low };
  }, { enough: ENOUGH, enoughForLarge: ENOUGH_FOR_LARGE });
}
