import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scenarioJsonSchema } from '../../../scenarios/format/json-schema.js';
import { renderReference } from '../../../scenarios/format/render-reference.js';

it('docs/scenario-format.md is what the code says (UPDATE=1 writes it)', () => {
  const path = join(import.meta.dirname, '../../../docs/scenario-format.md');
  const text = renderReference();
  if (process.env['UPDATE'] === '1') writeFileSync(path, text);
  expect(readFileSync(path, 'utf8')).toBe(text);
});

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
}

/** Every key of every mapping of the schema: where it stands, with the names of those who choose them as NAME, and from its list or name on. */
function keysOf(node: Node, at: string, key: string): { readonly at: string; readonly key: string }[] {
  const { properties = {}, additionalProperties, items, anyOf = [], oneOf = [] } = node;
  const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);
  const inner = Object.entries(properties).flatMap(([name, child]) => {
    const found = keysOf(child, at, join(key, name));
    return child.properties === undefined ? [{ at, key: join(key, name) }, ...found] : found;
  });
  const named = typeof additionalProperties === 'object' ? keysOf(additionalProperties, join(join(at, key), 'NAME'), '') : [];
  const listed = items === undefined ? [] : keysOf(items, `${join(at, key)}[]`, '');
  return [...inner, ...named, ...listed, ...[...anyOf, ...oneOf].flatMap((choice) => keysOf(choice, at, key))];
}

/** The text under a heading. */
const sections = renderReference().split(/^## /m);
const sectionOf = (heading: string): string => sections.find((text) => text.startsWith(`${heading}\n`)) ?? '';

it('has every key of every mapping that the schema knows', () => {
  const keys = keysOf(scenarioJsonSchema() as Node, '', '').filter(({ key }) => !key.startsWith('expect'));
  const missing = keys.filter(({ at, key }) => {
    const own = sectionOf(`\`${key.split('.')[0]!}\``);
    // The kinds of faults and actions stand in a table of their own, with their keys in one cell; sections are named in headings.
    if (at === 'faults[]') return !sectionOf('`faults`').includes(`\`${key}\``);
    if (at.startsWith('operators.NAME')) return !sectionOf('`operators.NAME`').includes(`\`${key}\``);
    if (at.endsWith('[]')) return !sectionOf(`An entry of \`${at.slice(0, -2)}\``).includes(`| \`${key}\` |`);
    if (at !== '') return !sectionOf(`\`${at}\``).includes(`| \`${key}\` |`);
    if (key.includes('.') && own !== '') return !own.includes(`| \`${key.slice(key.indexOf('.') + 1)}\` |`);
    return own === '' && sectionOf(`\`${key}.NAME\``) === '' && !sectionOf('The scenario').includes(`| \`${key}\` |`);
  });
  expect(missing).toEqual([]);
  expect(keys).toEqual(expect.arrayContaining([
    { at: 'exchanges.NAME.bindings[]', key: 'headers' }, { at: 'policies.NAME', key: 'deliveryLimit' }, { at: 'producers.NAME.crashes[]', key: 'after' }, { at: 'network.routes[]', key: 'between' },
  ]));
});
