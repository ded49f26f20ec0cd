import { build } from 'esbuild';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const header = '// Generated from reports/page/: `UPDATE=1 npx vitest run --project unit test/reports/html/page-code.test.ts` writes it.';

/** The script of the page as one file: `reports/page/main.ts` and what of other rooms it uses. */
export async function bundlePage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'reports/page/main.ts')],
    absWorkingDir: root,
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: ['chrome105', 'firefox113', 'safari16.4'],
    charset: 'utf8',
    legalComments: 'none',
    // No room does anything when it is imported: what is not used can be left out.
    ignoreAnnotations: false,
    plugins: [{
      name: 'pure rooms',
      setup: ({ onResolve, resolve }) => onResolve({ filter: /^\.\.?\// }, async (args) => {
        if (args.pluginData === 'resolved' || args.kind === 'entry-point') return null;
        const { path, errors } = await resolve(args.path.replace(/\.js$/, '.ts'), { kind: args.kind, resolveDir: args.resolveDir, importer: args.importer, pluginData: 'resolved' });
        return { path, errors, sideEffects: false };
      }),
    }],
  });
  const code = outputFiles[0]!.text.trim();
  // The script stands in an element that this would end.
  if (/<\/script|<!--/i.test(code)) throw new Error('The script holds what would end its element.');
  return `${header}\n\nexport const pageCode = ${JSON.stringify(code)};\n`;
}
