// Writes dist/: the program and the entries of its worker threads, bundled with the libraries that a run needs, because a start
// that reads ten files is much faster than one that reads eight hundred; and the benchmarks, which are not published.
//
//   node tools/build.mjs
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'rolldown';

process.chdir(join(import.meta.dirname, '..'));

/** Left where npm installs them: loaded only when they are asked for, and one of them starts threads from files of its own. */
const external = ['piscina', 'vega', 'vega-lite'];

/** Constants stay constants: what an engine knows of them makes a run a tenth faster than a bundle whose constants are variables. */
const options = {
  platform: 'node',
  transform: { target: 'node20.19' },
  logLevel: 'warn',
  // hdr-histogram-js asks for zlib so.
  checks: { eval: false },
};

const output = { format: 'esm', sourcemap: true, entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' };

/**
 * yargs reads its words from a folder that it finds from where its own file lies, which in a bundle is outside of the package. They go
 * into dist/ and are read from there; the shim's `__dirname` is its file.
 */
const yargsWords = {
  name: 'yargs-words',
  load: {
    filter: { id: /yargs[\\/]lib[\\/]platform-shims[\\/]esm\.mjs$/ },
    handler(path) {
      const code = readFileSync(path, 'utf8');
      const own = code.replace("resolve(__dirname, '../../../locales')", "resolve(__dirname, '../locales')");
      if (own === code) throw new Error(`${path} looks for its words in another way than it did`);
      mkdirSync('dist/locales', { recursive: true });
      copyFileSync(join(dirname(path), '../../locales/en.json'), 'dist/locales/en.json');
      return own;
    },
  },
};

/** Of the packages whose code went into the bundle, what their licences ask to be kept with it. */
function licenses(chunks) {
  const packages = new Set();
  for (const module of chunks.flatMap(({ moduleIds = [] }) => moduleIds)) {
    const [folder] = /^.*node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+/.exec(module) ?? [];
    if (folder !== undefined) packages.add(folder);
  }
  const texts = [...packages].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    return `${name} ${version} (${license})\n\n${file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim()}`;
  });
  return `queuelab contains code of these packages.\n\n${texts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

if (existsSync('dist')) rmSync('dist', { recursive: true });
// All in one folder: a chunk finds the entry of a worker beside itself, whichever chunk it is.
const program = await build({
  ...options,
  input: { queuelab: 'cli/main.ts', worker: 'campaign/pool/worker.ts', 'hunt-worker': 'campaign/mutants/hunt-worker.ts', 'shrink-worker': 'campaign/shrink/shrink-worker.ts' },
  external,
  plugins: [yargsWords],
  output: { ...output, dir: 'dist' },
});
writeFileSync('dist/LICENSES.txt', licenses(program.output));
await build({
  ...options,
  input: { main: 'bench/main.ts', worker: 'campaign/pool/worker.ts' },
  external: [...external, 'tinybench', 'flatqueue', 'playwright-core', '@sparticuz/chromium'],
  output: { ...output, dir: 'dist/bench' },
});
