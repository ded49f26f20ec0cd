import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { studyJsonSchemas } from '../../../campaign/index.js';

const root = join(import.meta.dirname, '../../..');

it.each(Object.entries(studyJsonSchemas()))('schema/%s is what the code says, and comes with the package (UPDATE=1 writes it)', (name, schema) => {
  const path = join(root, 'schema', name);
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  if (process.env['UPDATE'] === '1') writeFileSync(path, text);
  expect(readFileSync(path, 'utf8')).toBe(text);
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly exports: Readonly<Record<string, string>> };
  expect(exports[`./${name}`]).toBe(`./schema/${name}`);
});
