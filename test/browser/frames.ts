import type { Page } from 'playwright-core';

/** How smooth a timeline is: milliseconds from frame to frame, and that its own code takes of one; the middle and 95 of 100. */
export interface Smoothness {
  readonly frameP50: number;
  readonly frameP95: number;
  readonly workP50: number;
  readonly workP95: number;
}

const FRAMES = 120;

/** Plays at the highest speed. Frames are those that the browser shows; the work is not told apart. */
export async function playing(page: Page): Promise<Omit<Smoothness, 'workP50' | 'workP95'>> {
  await page.locator('.timeline select.speed').selectOption('3000');
  const times = await page.evaluate(async (frames) => {
    const play = document.querySelector<HTMLElement>('.timeline .play')!;
    const seen: number[] = [];
    play.click();
    await new Promise<void>((done) => {
      const look = (at: number): void => {
        seen.push(at);
        if (seen.length <= frames) requestAnimationFrame(look);
        else done();
      };
      requestAnimationFrame(look);
    });
    play.click();
    return seen.slice(1).map((at, frame) => at - seen[frame]!);
  }, FRAMES);
  return { frameP50: quantile(times, 0.5), frameP95: quantile(times, 0.95) };
}

/** Drags the slider to and fro over the whole recording, a place a frame; `places` are those that it shows then. */
export async function scrubbing(page: Page): Promise<Smoothness & { readonly places: readonly number[] }> {
  const { times, work, places } = await page.evaluate(async (frames) => {
    const slider = document.querySelector<HTMLInputElement>('.timeline .scrub')!;
    const seen: number[] = [];
    const taken: number[] = [];
    const shown: number[] = [];
    await new Promise<void>((done) => {
      const move = (at: number): void => {
        seen.push(at);
        const start = performance.now();
        slider.value = String(Math.round(Number(slider.max) * (0.5 + 0.5 * Math.sin(seen.length / 12))));
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        taken.push(performance.now() - start);
        shown.push(Number(slider.value));
        if (seen.length <= frames) requestAnimationFrame(move);
        else done();
      };
      requestAnimationFrame(move);
    });
    return { times: seen.slice(1).map((at, frame) => at - seen[frame]!), work: taken, places: shown };
  }, FRAMES);
  return {
    frameP50: quantile(times, 0.5), frameP95: quantile(times, 0.95), workP50: quantile(work, 0.5), workP95: quantile(work, 0.95), places,
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}
