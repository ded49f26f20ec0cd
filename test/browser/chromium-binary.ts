import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LaunchOptions } from 'playwright-core';

const cache = join(import.meta.dirname, '../../node_modules/.cache/queuelab');
/** The version is in the name, so that another version is unpacked beside it. */
const home = join(cache, 'chromium-141');

/** The package's own looks for the fonts in fixed places; without any font all text has no size. */
const fontConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fonts-cache</cachedir>
</fontconfig>
`;

/**
 * How to launch a Chromium that came with `npm ci`: nothing is installed by hand and nothing is downloaded.
 *
 * The package `@sparticuz/chromium` carries a compressed headless Chromium for x64 Linux and the few libraries (NSS, expat)
 * that a bare server lacks. Elsewhere, Chrome as the user has it installed stands in.
 */
export async function chromiumLaunchOptions(): Promise<LaunchOptions> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome' };
  if (!existsSync(home)) await unpack();
  return {
    executablePath: join(home, 'chromium'),
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(home, 'al2023', 'lib'),
      // The fonts of the package, so that pages look the same on every machine.
      FONTCONFIG_PATH: join(home, 'fonts'),
      XDG_CACHE_HOME: home,
    },
    // A container's root may not use Chromium's sandbox; the pages are our own files.
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
  };
}

/** Unpacks beside the target and renames, so that an interrupted run leaves no half of a browser. */
async function unpack(): Promise<void> {
  await mkdir(cache, { recursive: true });
  const staging = await mkdtemp(`${home}-`);
  // The package unpacks into the folder for temporary files, and adds its libraries only on the platform it was made for.
  const settings = { TMPDIR: staging, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' };
  const before = Object.keys(settings).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, settings);
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    await chromium.executablePath();
    await writeFile(join(staging, 'fonts', 'fonts.conf'), fontConfiguration);
    await rename(staging, home);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    // Another process may have been faster: then its copy is as good.
    if (!existsSync(home)) throw error;
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
}
