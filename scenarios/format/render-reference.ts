import { MEASURES } from '../../measures/index.js';
import { DEFAULT_RETRANSMISSION, WRITEBACK_MICROS } from '../../sim/index.js';
import { BROKER_RESTART_MICROS } from '../model.js';
import { DISTRIBUTION_EXAMPLES } from './expressions/distribution.js';
import { scenarioJsonSchema } from './json-schema.js';
import { BANDWIDTH, DURATION, formatDuration, FRACTION, RATE, SIZE, type Dimension } from './quantities/index.js';

/** What the reference reads of a JSON Schema. */
interface Node {
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly oneOf?: readonly Node[];
  readonly anyOf?: readonly Node[];
}

/** `docs/scenario-format.md`: every key with its meaning, default and values. */
export function renderReference(): string {
  const schema = scenarioJsonSchema() as Node;
  const { queues, exchanges, policies, producers, consumers, operators, broker, network, faults, expect: _expect, fuzz, ...general } = schema.properties ?? {};
  return `${[
    INTRODUCTION,
    units(),
    table('The scenario', { properties: general, required: schema.required ?? [] }),
    ...section('broker', broker),
    ...section('network', network),
    ...section('queues.NAME', entryOf(queues)),
    ...section('exchanges.NAME', entryOf(exchanges)),
    ...section('policies.NAME', entryOf(policies)),
    ...section('producers.NAME', entryOf(producers)),
    ...section('consumers.NAME', entryOf(consumers)),
    operatorActions(operators),
    faultKinds(faults),
    expectations(),
    ...section('fuzz', fuzz),
    fixedWorld(),
  ].join('\n\n')}\n`;
}

const INTRODUCTION = `<!-- Written by renderReference() in scenarios/format/: change the schema, not this file. -->

# The scenario format

A scenario is one YAML file. \`queuelab init NAME\` writes one to begin with, and editors complete and check it by its JSON Schema
(\`schema/scenario.schema.json\` in the package). Every setting that a scenario leaves to its default is printed in its report.

A value that holds a comma inside \`{ }\`, or a colon followed by a space, needs quotes to be YAML for an editor:
\`time: "lognormal(p50: 20ms, p99: 200ms)"\`. queuelab itself reads it without, too.`;

function units(): string {
  const rows: [string, Dimension][] = [['duration', DURATION], ['size', SIZE], ['rate', RATE], ['bandwidth', BANDWIDTH], ['share', FRACTION]];
  return [
    '## Quantities',
    '',
    '| | units | examples |',
    '| --- | --- | --- |',
    ...rows.map(([name, { units: known, examples }]) => {
      const words = Object.keys(known).map((unit) => (unit === '' ? 'a plain number' : code(unit)));
      return `| ${name} | ${words.join(', ')} | ${examples.map(code).join(', ')} |`;
    }),
    '',
    `Where something is random, a plain quantity is a constant, and a distribution is written as it is said: ${DISTRIBUTION_EXAMPLES.map(code).join(', ')}. A trace is a file beside the scenario with one value a line, each with its unit.`,
  ].join('\n');
}

function fixedWorld(): string {
  const { retransmitMinMicros, retransmitMaxMicros, giveUpMicros } = DEFAULT_RETRANSMISSION;
  const [least, most, giveUp] = [retransmitMinMicros, retransmitMaxMicros, giveUpMicros].map(formatDuration);
  return [
    '## What no setting changes',
    '',
    `- What a machine wrote and did not sync reaches its disk by itself ${formatDuration(WRITEBACK_MICROS)} later.`,
    `- What a connection sent and gets no acknowledgement for is sent again after ${least}, then after twice as long each time, at most every ${most}. After ${giveUp} without any, the connection is reset at the side that sends.`,
    `- A broker that cannot store any more ends its process, which is started again ${formatDuration(BROKER_RESTART_MICROS)} later.`,
  ].join('\n');
}

const entryOf = (section: Node | undefined): Node => section?.additionalProperties as Node;

/** The mapping that a node is, or may be where there is a shorter form; null for neither. The description is of both forms. */
function mappingOf({ description, anyOf = [], ...node }: Node): Node | null {
  const mapping = [node, ...anyOf].find(({ properties }) => properties !== undefined);
  return mapping === undefined ? null : { ...mapping, ...(description === undefined ? {} : { description }) };
}

/** A table of the keys of a mapping, and one for the entries of each list of mappings in it. */
function section(path: string, node: Node = {}): string[] {
  return [table(code(path), node), ...entriesOf(path, node)];
}

function entriesOf(path: string, { properties = {} }: Node): string[] {
  return Object.entries(properties).flatMap(([key, child]) => {
    const inner = `${path}.${key}`;
    const entry = child.items === undefined ? null : mappingOf(child.items);
    if (entry !== null) return [table(`An entry of ${code(inner)}`, entry), ...entriesOf(inner, entry)];
    return entriesOf(inner, child);
  });
}

/** A section's keys, those of inner sections with dots. */
function table(title: string, node: Node = {}): string {
  return [
    `## ${title}`,
    ...(node.description === undefined ? [] : ['', node.description]),
    '',
    '| key | default | meaning |',
    '| --- | --- | --- |',
    ...rowsOf(node, ''),
  ].join('\n');
}

function rowsOf(node: Node, prefix: string): string[] {
  return Object.entries(node.properties ?? {}).flatMap(([key, child]) => {
    const path = `${prefix}${key}`;
    if (child.properties !== undefined) return rowsOf(child, `${path}.`);
    return [`| ${code(path)} | ${defaultOf(child, node.required?.includes(key) === true)} | ${cell(meaningOf(child))} |`];
  });
}

function defaultOf({ default: value }: Node, isRequired: boolean): string {
  if (value === undefined) return isRequired ? 'required' : '';
  return typeof value === 'object' || value === '' ? '' : code(String(value));
}

/** The meaning, with the words that are possible where there is a choice. */
function meaningOf({ description = '', enum: words }: Node): string {
  const isExplained = words?.some((word) => description.includes(`${word}:`)) ?? true;
  return isExplained ? description : `${description} ${words?.map(code).join(', ')}`;
}

function operatorActions(operators: Node | undefined): string {
  const { properties: { actions, ...rest } = {}, ...operator } = entryOf(operators);
  const kinds = actions?.items?.oneOf ?? [];
  const rows = kinds.map(({ description = '', properties = {} }) => {
    const parameters = Object.entries(properties).filter(([key]) => key !== 'do').map(([key, { description: meaning = '' }]) => `${code(key)}: ${meaning}`);
    return `| ${code(properties['do']?.const ?? '')} | ${cell(description)} | ${cell(parameters.join('<br>'))} |`;
  });
  return [
    table('`operators.NAME`', { ...operator, properties: rest }),
    '',
    '`actions` is a list. Each entry says with `do` what is done:',
    '',
    '| do | what happens | its keys |',
    '| --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function faultKinds(faults: Node | undefined): string {
  const common = ['at', 'fault', 'target', 'for', 'every', 'times', 'until'];
  const kinds = faults?.items?.oneOf ?? [];
  const shared = kinds.find(({ properties }) => properties?.['for'] !== undefined) ?? {};
  const rows = kinds.map(({ description = '', properties = {} }) => {
    const own = Object.entries(properties).filter(([key]) => !common.includes(key));
    const parameters = own.map(([key, { description: meaning = '' }]) => `${code(key)}: ${meaning}`);
    return `| ${code(properties['fault']?.const ?? '')} | ${cell(description)} | ${cell(parameters.join('<br>'))} |`;
  });
  return [
    '## `faults`',
    '',
    'A list. Every entry has:',
    '',
    '| key | default | meaning |',
    '| --- | --- | --- |',
    ...rowsOf({ ...shared, properties: pick(shared.properties ?? {}, common.filter((key) => key !== 'fault')) }, ''),
    '',
    'A name with a `count` stands for all the machines that it numbers. `fault` is one of:',
    '',
    '| fault | what it does | its own keys |',
    '| --- | --- | --- |',
    ...rows,
  ].join('\n');
}

const pick = (properties: Readonly<Record<string, Node>>, keys: readonly string[]): Record<string, Node> =>
  Object.fromEntries(keys.flatMap((key) => (properties[key] === undefined ? [] : [[key, properties[key]]])));

function expectations(): string {
  return [
    '## `expect`',
    '',
    'Promises by the id of their invariant (see [invariants.md](invariants.md)) with the verdict that must come out: `holds`, `violated`, `anomaly` or `not-exercised`.',
    'A promise of which nothing is said must not be violated; one that is expected to be violated must be.',
    '',
    '`thresholds` is a list of figures that must be kept: an aggregate of a measure, one of `<`, `<=`, `>`, `>=`, `==`, and a limit, such as `p99(endToEnd) < 50ms`.',
    'With `confidence: 95%` (or 90%, 99%) means, quantiles and rates are judged by the interval that holds the true figure of the settled system: met when all of it is within the limit, missed when all of it is beyond, inconclusive when it holds the limit.',
    'A rate and a count can stand alone: `throughput > 1000/s`, `dead-lettered == 3`.',
    '',
    '| measure | aggregates | meaning |',
    '| --- | --- | --- |',
    ...MEASURES.map(({ name, aggregates, meaning }) => `| ${code(name)} | ${aggregates.join(', ')} | ${cell(meaning)} |`),
  ].join('\n');
}

const code = (text: string): string => `\`${text}\``;
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
