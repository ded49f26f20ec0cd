import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult, type IResolveOptions, type IForbiddenRuleType } from 'dependency-cruiser';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const root = join(import.meta.dirname, '../..');

interface Configuration {
  readonly forbidden: IForbiddenRuleType[];
  readonly options: ICruiseOptions;
}

const configuration = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as Configuration;

/**
 * Applies the table of rooms to the folders, which are relative to `baseDir`. Each violation reads
 * `rule: from -> to (comment)`; the list is sorted.
 */
export async function violations(folders: readonly string[], baseDir: string = root): Promise<readonly string[]> {
  const { forbidden, options } = configuration;
  const tsConfig = join(root, 'tsconfig.json');
  const { output } = await cruise(
    [...folders],
    { ...options, baseDir, validate: true, ruleSet: { forbidden } },
    { tsConfig } as Partial<IResolveOptions>,
    { tsConfig: extractTsConfig(tsConfig) },
  );
  const comments = new Map(forbidden.map(({ name, comment }) => [name, comment]));
  return (output as ICruiseResult).summary.violations
    .map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to} (${comments.get(rule.name)})`)
    .sort();
}
