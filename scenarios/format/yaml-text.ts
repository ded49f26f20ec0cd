import { Composer, Parser, visit, type Alias, type CST, type Document, type ErrorCode, type YAMLError } from 'yaml';
import { maskCalls, unmasked } from './call-masking.js';
import { mistaken, parsed, type Mistake, type Parsed } from './mistake.js';
import type { ProblemCode } from './problem.js';
import { reservedKeys } from './reserved-keys.js';
import type { Source } from './source.js';

/** Mappings and lists inside one another. A scenario needs six. */
export const MAX_DEPTH = 30;
/** Mappings, lists, keys and values in one file, comments and empty lines included. */
export const MAX_NODES = 50_000;
/** Nodes that aliases may stand for in all. */
const MAX_ALIAS_NODES = 1_000;

export interface YamlText {
  readonly document: Document.Parsed;
  /** What it says, aliases resolved, as plain values that share nothing; undefined when it is not readable. */
  readonly value: unknown;
  readonly mistakes: readonly Mistake[];
  /** False when the syntax leaves in doubt what the document says. */
  readonly isReadable: boolean;
}

/**
 * Reads one YAML document. The syntax is read before it is given a meaning, because the size and depth of what was
 * written decide whether it should be given one.
 */
export function readYaml(source: Source): Parsed<YamlText> {
  const tokens = [...new Parser().parse(maskCalls(source.text))];
  const excess = findExcess(tokens);
  if (excess !== null) return mistaken(excess);
  const documents = [...new Composer({ uniqueKeys: true, stringKeys: true, prettyErrors: false }).compose(tokens, true, source.text.length)];
  const [document, second] = documents;
  if (document === undefined || isEmpty(document)) return mistaken(emptyMistake(source));
  const mistakes = [...syntaxMistakes([...document.errors, ...document.warnings], source), ...reservedKeys(document)];
  if (second !== undefined) mistakes.push(secondDocument(second));
  const isReadable = mistakes.every(({ code }) => code === 'QL_SCENARIO_DUPLICATE_KEY' || code === 'QL_SCENARIO_BAD_NAME');
  const alias = isReadable ? aliasMistake(document) : null;
  if (alias !== null) mistakes.push(alias);
  if (!isReadable || alias !== null) return parsed({ document, value: undefined, mistakes, isReadable: false });
  return parsed({ document, value: unmasked(document.toJS({ maxAliasCount: MAX_ALIAS_NODES })), mistakes, isReadable: true });
}

const isEmpty = (document: Document.Parsed): boolean =>
  document.errors.length === 0 && (document.contents === null || (document.contents as { value?: unknown }).value === null);

const emptyMistake = (source: Source): Mistake => ({
  code: 'QL_SCENARIO_EMPTY',
  message: source.text.trim() === '' ? 'The file is empty.' : 'The file holds no key: nothing but comments, or null.',
  expected: 'a scenario: `queuelab init NAME` writes one to begin with',
  span: { start: 0, end: 0 },
});

type Token = CST.Token;

/** Walks the syntax tree in the order of the file, without recursion; the reader of a thousand brackets must not run out of stack. */
function findExcess(tokens: readonly Token[]): Mistake | null {
  const open: { token: Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 })).reverse();
  let nodes = 0;
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    const { token, depth } = entry;
    nodes += 1;
    const span = { start: token.offset, end: token.offset + 1 };
    if (nodes > MAX_NODES) return { code: 'QL_SCENARIO_TOO_LARGE', message: `The file has more than ${MAX_NODES} values: this is one too many.`, span };
    if (depth > MAX_DEPTH) return { code: 'QL_SCENARIO_TOO_LARGE', message: `Values are nested more than ${MAX_DEPTH} deep.`, span };
    if (token.type === 'document' && token.value !== undefined) open.push({ token: token.value, depth });
    if ('items' in token) {
      // What is pushed last is looked at next.
      for (let index = token.items.length - 1; index >= 0; index--) {
        const { key, value } = token.items[index]!;
        if (value) open.push({ token: value, depth: depth + 1 });
        if (key) open.push({ token: key, depth: depth + 1 });
      }
    }
  }
  return null;
}

/** Sentences of our own for the mistakes that people make; the parser's for the rest. */
const SYNTAX: Partial<Record<ErrorCode, { readonly code?: ProblemCode; readonly message: string; readonly expected?: string }>> = {
  DUPLICATE_KEY: { code: 'QL_SCENARIO_DUPLICATE_KEY', message: 'This key is already there in the same mapping.', expected: 'each key once' },
  TAB_AS_INDENT: { message: 'A tab cannot indent YAML.', expected: 'spaces' },
  NON_STRING_KEY: { message: 'A key must be a word.' },
  TAG_RESOLVE_FAILED: { message: 'A scenario uses no tags.', expected: 'a plain value' },
};

/** Every duplicate key, and the first of anything else: what follows that is mostly its consequence. */
function syntaxMistakes(errors: readonly YAMLError[], source: Source): Mistake[] {
  const duplicates = errors.filter(({ code }) => code === 'DUPLICATE_KEY');
  const [first] = errors.filter(({ code }) => code !== 'DUPLICATE_KEY').sort((a, b) => a.pos[0] - b.pos[0]);
  return (first === undefined ? duplicates : [...duplicates, first]).map((error) => syntaxMistake(error, source));
}

function syntaxMistake(error: YAMLError, source: Source): Mistake {
  const known = SYNTAX[error.code];
  const [start, end] = error.pos;
  const key = /^[^\s:]+/.exec(source.text.slice(start, start + 100))?.[0] ?? ' ';
  return {
    code: known?.code ?? 'QL_SCENARIO_YAML',
    message: known?.message ?? `${error.message.replace(/\.$/, '')}.`,
    expected: known?.expected ?? '',
    // The parser points at a duplicate key's first letter only.
    span: { start, end: error.code === 'DUPLICATE_KEY' ? start + key.length : Math.max(end, start + 1) },
  };
}

const secondDocument = ({ range }: Document.Parsed): Mistake => ({
  code: 'QL_SCENARIO_YAML',
  message: 'A second document begins here.',
  expected: 'one scenario a file',
  span: { start: range[0], end: range[0] + 3 },
});

/** Resolves all aliases once, within bounds. */
function aliasMistake(document: Document.Parsed): Mistake | null {
  const aliases: Alias[] = [];
  visit(document, { Alias: (_key, alias) => void aliases.push(alias) });
  for (const alias of aliases) {
    if (alias.resolve(document) === undefined) {
      return { code: 'QL_SCENARIO_YAML', message: `There is no anchor "&${alias.source}" before this alias.`, span: spanOf(alias) };
    }
  }
  try {
    document.toJS({ maxAliasCount: MAX_ALIAS_NODES });
    return null;
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const message = `Aliases stand for more than ${MAX_ALIAS_NODES} values, as in a YAML bomb.`;
    return { code: 'QL_SCENARIO_ALIAS_LIMIT', message, span: spanOf(aliases[0]) };
  }
}

const spanOf = (alias: Alias | undefined): { start: number; end: number } => ({ start: alias?.range?.[0] ?? 0, end: alias?.range?.[1] ?? 0 });
