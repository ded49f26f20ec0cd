import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { chromiumLaunchOptions } from './chromium-binary.js';

/** A page that was opened from a file, and what went wrong on it so far. */
export interface OpenedPage {
  readonly page: Page;
  /** Console errors and warnings, uncaught errors, and requests to anything but the file itself; empty on a good page. */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

/** Starts the browser that `npm ci` brought. Close it after the last page. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch(await chromiumLaunchOptions());
}

/**
 * Opens a file from disk and notes every problem from the first byte on. Requests to anything but the file (and data that
 * the page itself holds) are refused as well as noted, so a test sees what a reader without a network sees.
 *
 * A test ends with `expect(opened.problems).toEqual([])`.
 */
export async function openFile(browser: Browser, path: string, options: BrowserContextOptions = {}): Promise<OpenedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const url = pathToFileURL(path).href;
  const problems: string[] = [];

  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught error: ${error.message}`));
  page.on('crash', () => problems.push('the page crashed'));
  page.on('websocket', (socket) => problems.push(`web socket: ${socket.url()}`));
  await context.route('**/*', async (route) => {
    const requested = route.request().url();
    if (isOwn(requested, url)) return route.continue();
    problems.push(`request: ${requested}`);
    return route.abort();
  });

  await page.goto(url, { waitUntil: 'load' });
  return { page, problems, close: () => context.close() };
}

function isOwn(requested: string, fileUrl: string): boolean {
  return requested.split(/[?#]/)[0] === fileUrl || requested.startsWith('data:') || requested.startsWith('blob:');
}
