import { mkdtemp, readFile, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openFile, type OpenedPage } from './chromium.js';

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'queuelab-page-'));
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Opens a page with the body; the problems go on to grow while it is open. */
async function openBody(body: string): Promise<OpenedPage> {
  const path = join(folder, 'page.html');
  await writeFile(path, `<!doctype html><meta charset="utf-8"><title>t</title><body>${body}`);
  return openFile(browser, path);
}

describe('openFile', () => {
  it('runs the scripts of a page and finds nothing wrong with a good one', async () => {
    const path = join(folder, 'good.html');
    await writeFile(path, '<!doctype html><meta charset="utf-8"><h1></h1><script>document.querySelector("h1").textContent = 6 * 7</script>');
    const opened = await openFile(browser, path);
    expect(await opened.page.textContent('h1')).toBe('42');
    expect(opened.problems).toEqual([]);
    await opened.close();
  });

  it.each([
    ['a console error', '<script>console.error("broken")</script>', 'console error: broken'],
    ['a console warning', '<script>console.warn("doubtful")</script>', 'console warning: doubtful'],
    ['an uncaught error', '<script>throw new Error("thrown")</script>', 'uncaught error: thrown'],
    ['a rejected promise', '<script>Promise.reject(new Error("refused"))</script>', 'uncaught error: refused'],
    ['a picture from the network', '<img src="https://example.org/a.png">', 'request: https://example.org/a.png'],
    ['a fetch', '<script>fetch("http://127.0.0.1:9/x").catch(() => 0)</script>', 'request: http://127.0.0.1:9/x'],
  ])('notes %s', async (_what, body, problem) => {
    const opened = await openBody(body);
    await expect.poll(() => opened.problems).toContain(problem);
    await opened.close();
  });

  it('notes a file beside the page', async () => {
    const opened = await openBody('<link rel="stylesheet" href="style.css">');
    await expect.poll(() => opened.problems).toContainEqual(expect.stringMatching(/^request: file:.*style\.css$/));
    await opened.close();
  });

  it('lets a page use what it holds itself', async () => {
    const pixel = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
    const opened = await openBody(`<img src="${pixel}"><a href="#part">part</a><p id="part">`);
    await opened.page.click('a');
    expect(opened.problems).toEqual([]);
    await opened.close();
  });
});

it.runIf(process.platform === 'linux' && process.arch === 'x64')('the browser and its libraries are those of the packages', async () => {
  const cache = await realpath(join(import.meta.dirname, '../../node_modules/.cache/queuelab'));
  const browsers = await processesRunning(join(cache, 'chromium-141', 'chromium'));
  expect(browsers).not.toEqual([]);
  const maps = await readFile(`/proc/${browsers[0]}/maps`, 'utf8');
  expect(maps).toMatch(new RegExp(`${cache}/.*libnss3\\.so`));
});

/** Process ids whose executable is the file. */
async function processesRunning(file: string): Promise<readonly string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const executables = await Promise.all(ids.map((id) => realpath(`/proc/${id}/exe`).catch(() => '')));
  return ids.filter((_, index) => executables[index] === file);
}
