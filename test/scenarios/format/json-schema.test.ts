import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { INVARIANTS } from '../../../invariants/index.js';
import { runResultJsonSchema, scenarioJsonSchema } from '../../../scenarios/format/json-schema.js';
import { loadScenario } from '../../../scenarios/format/load.js';
import { runResultSchema } from '../../../scenarios/format/schema/run-result-schema.js';
import { runScenario } from '../../../scenarios/index.js';
import { FAULT_KINDS } from '../../../sim/index.js';

const root = join(import.meta.dirname, '../../..');
const folder = join(root, 'schema');

describe.each([
  ['scenario.schema.json', scenarioJsonSchema],
  ['run-result.schema.json', runResultJsonSchema],
])('schema/%s', (file, make) => {
  it('is what the code says (UPDATE=1 writes it)', () => {
    const path = join(folder, file);
    const text = `${JSON.stringify(make(), null, 2)}\n`;
    if (process.env['UPDATE'] === '1') writeFileSync(path, text);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
});

describe('the schema of results', () => {
  it.each(['visibility-timeout/nack-to-dead-letter', 'visibility-too-short/broken'])('describes all of a real result: %s', (name) => {
    const scenario = loadScenario(join(root, `scenarios/${name}.yaml`));
    const result = JSON.parse(JSON.stringify(runScenario(scenario, { seed: '7' }))) as unknown;
    // What the schema does not know it would leave out.
    expect(runResultSchema.parse(result)).toEqual(result);
  });
});

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly oneOf?: readonly Node[];
  readonly anyOf?: readonly Node[];
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly pattern?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly description?: string;
}

const schema = scenarioJsonSchema() as Node;

/** Every node with its path, through mappings, lists and unions. */
function nodes(node: Node, path = ''): [string, Node][] {
  const children = [
    ...Object.entries(node.properties ?? {}).map(([key, child]) => [`${path}.${key}`, child] as const),
    ...(typeof node.additionalProperties === 'object' ? [[`${path}.*`, node.additionalProperties] as const] : []),
    ...(node.items === undefined ? [] : [[`${path}[]`, node.items] as const]),
    ...(node.oneOf ?? []).map((child, index) => [`${path}|${index}`, child] as const),
  ];
  return [[path, node], ...children.flatMap(([at, child]) => nodes(child, at))];
}

describe('the schema of scenarios', () => {
  it('completes every promise and every fault', () => {
    expect(Object.keys(schema.properties?.['expect']?.properties ?? {})).toEqual([...INVARIANTS.map(({ id }) => id), 'confidence', 'thresholds']);
    const faults = schema.properties?.['faults']?.items?.oneOf ?? [];
    expect(faults.map(({ properties }) => properties?.['fault']?.const)).toEqual([...FAULT_KINDS.keys()]);
  });

  it('describes every setting', () => {
    const silent = nodes(schema).filter(([path, { description, const: constant }]) => /\.\w+$/.test(path) && description === undefined && constant === undefined);
    expect(silent.map(([path]) => path)).toEqual([]);
  });

  it('has patterns that its own examples and defaults match', () => {
    const misfits = nodes(schema).flatMap(([path, { pattern, examples = [], default: value }]) => {
      const texts = [...examples, ...(typeof value === 'string' ? [value] : [])].map(String);
      return pattern === undefined ? [] : texts.filter((text) => !new RegExp(pattern).test(text)).map((text) => `${path}: ${text}`);
    });
    expect(misfits).toEqual([]);
  });

  it('gives an example of every quantity', () => {
    const bare = nodes(schema).filter(([, { pattern, examples = [] }]) => pattern?.includes('\\d') === true && examples.length === 0);
    expect(bare.map(([path]) => path)).toEqual([]);
  });

  it('refuses what the loader refuses', () => {
    const pattern = new RegExp(schema.properties?.['duration']?.pattern ?? '(?!)');
    expect(['30', '30sec', '-5s', 'soon', '', '5m'].filter((text) => pattern.test(text))).toEqual([]);
    expect(['30s', '1h 30min', '1.5s', '0', '0s'].filter((text) => !pattern.test(text))).toEqual([]);
  });
});
