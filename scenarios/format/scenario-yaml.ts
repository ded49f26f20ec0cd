import { Document, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Scenario } from '../model.js';
import { mistaken } from './mistake.js';
import { scenarioSchema } from './schema/scenario-schema.js';
import { SEND_SHORTHAND } from './schema/listed-send.js';
import { unbuildScenario } from './unbuild.js';
import { withFlush } from './written-flush.js';
import { writtenTree, type Written } from './written-tree.js';

export interface YamlOptions {
  /** What stands above everything: a paragraph an entry. */
  readonly header?: readonly string[];
  /** A sentence above each of the scenario's faults, by its place; empty for none. */
  readonly faultComments?: readonly string[];
  /** Where editors find the JSON Schema, relative to the file. Default: in the installed package. */
  readonly schemaPath?: string;
}

const PACKAGED_SCHEMA = 'node_modules/queuelab/schema/scenario.schema.json';
/** Where a line ends. */
const LINE_WIDTH = 120;

/** Made when it is first needed: a schema takes longer to make than a scenario to write. */
let writingSchema: ReturnType<typeof scenarioSchema> | null = null;

/**
 * Writes a scenario as a file that a person can read: in human units, with what differs from the defaults and no more. Read again,
 * it is the same scenario, except for what a file says of itself (`file`, `sha256`, `overrides`, `settings`, places).
 *
 * A trace is written by the name of its file, which has to lie beside this one.
 */
export function scenarioYaml(scenario: Scenario, options: YamlOptions = {}): string {
  const { header = [], faultComments = [], schemaPath = PACKAGED_SCHEMA } = options;
  writingSchema ??= scenarioSchema(() => mistaken({ code: 'QL_SCENARIO_BAD_TRACE', message: 'No file is read here.' }));
  const tree = writtenTree(writingSchema, unbuildScenario(scenario)) as Readonly<Record<string, Written>>;
  const document = new Document(withShortSends(withFlush(tree, scenario)));
  const root = document.contents as YAMLMap<Node, Node>;
  layOut(root, 0);
  separateSections(root);
  comment(document.get('faults') as YAMLSeq<Node> | undefined, faultComments);
  const modeline = `# yaml-language-server: $schema=${schemaPath}\n`;
  const head = header.length === 0 ? '' : `#\n${header.map(commented).join('\n#\n')}\n`;
  return `${modeline}${head}\n${document.toString({ lineWidth: 0, indentSeq: true, flowCollectionPadding: true, commentString: commented })}`;
}

/** `- 1.5s` for a send of which nothing else is said. */
function withShortSends(tree: Readonly<Record<string, Written>>): Written {
  const { producers } = tree as { readonly producers?: Readonly<Record<string, Readonly<Record<string, Written>>>> };
  if (producers === undefined) return tree;
  const shorten = (send: Written): Written => {
    const entries = Object.entries(send as Readonly<Record<string, Written>>);
    return entries.length === 1 && entries[0]![0] === SEND_SHORTHAND ? entries[0]![1] : send;
  };
  const shortened = Object.entries(producers).map(([name, producer]) =>
    [name, Array.isArray(producer['sends']) ? { ...producer, sends: (producer['sends'] as Written[]).map(shorten) } : producer] as const);
  return { ...tree, producers: Object.fromEntries(shortened) };
}

/** Mappings and lists of a few words stand in one line, where that is not the whole file. */
function layOut(node: Node, depth: number): number {
  if (isScalar(node)) return String(node.value).length + 2;
  if (!isMap(node) && !isSeq(node)) return LINE_WIDTH;
  const children = childrenOf(node);
  let width = 4;
  for (const [key, child] of children) width += key.length + 4 + layOut(child, depth + 1);
  const indent = 2 * depth;
  const isBroken = children.some(([, child]) => (isMap(child) || isSeq(child)) && child.flow !== true);
  node.flow = depth > 0 && !isBroken && (isEntry(depth) || !hasCollections(children)) && width + indent <= LINE_WIDTH;
  return node.flow ? width : LINE_WIDTH;
}

function childrenOf(node: YAMLMap | YAMLSeq): (readonly [string, Node])[] {
  if (isSeq(node)) return (node.items as Node[]).map((item) => ['', item]);
  return (node.items as Pair<Node, Node>[]).map(({ key, value }) => [String(key), value!]);
}

/** Deeper than the names of queues, producers and consumers, and than the faults of the list. */
const isEntry = (depth: number): boolean => depth >= 2;

const hasCollections = (children: readonly (readonly [string, Node])[]): boolean => children.some(([, child]) => isMap(child) || isSeq(child));

/** An empty line before and after each mapping or list of the scenario, as between the paragraphs of a text. */
function separateSections(root: YAMLMap<Node, Node>): void {
  const isBlock = (node: Node | null | undefined): boolean => (isMap(node) || isSeq(node)) && node.flow !== true;
  for (const [index, { key, value }] of root.items.entries()) key.spaceBefore = isBlock(value) || isBlock(root.items[index - 1]?.value);
}

function comment(faults: YAMLSeq<Node> | undefined, comments: readonly string[]): void {
  if (faults === undefined) return;
  if (comments.some((text) => text !== '')) faults.flow = false;
  for (const [index, item] of faults.items.entries()) {
    const text = comments[index] ?? '';
    if (text !== '') item.commentBefore = text;
  }
}

/** A paragraph as lines of a comment. */
function commented(paragraph: string): string {
  return paragraph.split('\n').flatMap(wrap).map((line) => (line === '' ? '#' : `# ${line}`)).join('\n');
}

function wrap(line: string): string[] {
  const lines = [''];
  for (const word of line.split(' ')) {
    const last = lines[lines.length - 1]!;
    if (last !== '' && last.length + 1 + word.length > LINE_WIDTH - 6) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}
