import { mistaken, oneOf, parsed, type Parsed } from '../mistake.js';
import { nearest } from '../nearest.js';
import { quoted } from '../printable.js';
import type { ProblemCode } from '../problem.js';
import type { Span } from '../source.js';

/** `name(argument, key: argument)`, taken apart. Spans are offsets in the expression. */
export interface Call {
  readonly name: string;
  readonly nameSpan: Span;
  readonly arguments: readonly Argument[];
}

export interface Argument {
  /** Null for one given by position. */
  readonly key: string | null;
  readonly keySpan: Span;
  readonly text: string;
  readonly span: Span;
}

const CALL = /^(\s*)([A-Za-z][\w-]*)\s*\((.*)\)\s*$/s;
const KEY = /^(\s*)([A-Za-z]\w*)\s*:/;

/** Null when the text has not the form of a call. Arguments hold no commas and no parentheses. */
export function parseCall(text: string): Call | null {
  const match = CALL.exec(text);
  if (match === null) return null;
  const [, lead = '', name = '', inside = ''] = match;
  const open = text.indexOf('(', lead.length);
  const nameSpan = { start: lead.length, end: lead.length + name.length };
  if (inside.trim() === '') return { name, nameSpan, arguments: [] };
  let offset = open + 1;
  const list = inside.split(',').map((part) => {
    const argument = parseArgument(part, offset);
    offset += part.length + 1;
    return argument;
  });
  return { name, nameSpan, arguments: list };
}

function parseArgument(part: string, offset: number): Argument {
  const match = KEY.exec(part);
  const skipped = match === null ? 0 : match[0].length;
  const rest = part.slice(skipped);
  const start = offset + skipped + (rest.length - rest.trimStart().length);
  const text = rest.trim();
  const keyStart = offset + (match?.[1]?.length ?? 0);
  const key = match?.[2] ?? null;
  return { key, keySpan: { start: keyStart, end: keyStart + (key?.length ?? 0) }, text, span: { start, end: start + text.length } };
}

/**
 * The arguments in the order of the parameters. Positional ones come first, as in most languages; each parameter is
 * given once, and those named in `optional` may be missing.
 */
export function bindArguments(
  call: Call,
  parameters: readonly string[],
  options: { readonly code: ProblemCode; readonly expected: string; readonly optional?: readonly string[] },
): Parsed<ReadonlyMap<string, Argument>> {
  const { code, expected, optional = [] } = options;
  const bound = new Map<string, Argument>();
  for (const [index, argument] of call.arguments.entries()) {
    const parameter = argument.key ?? parameters[index];
    if (parameter === undefined) {
      return mistaken({ code, message: `${call.name}() takes no argument ${index + 1}.`, expected, span: argument.span });
    }
    if (!parameters.includes(parameter)) {
      const message = `${call.name}() has no argument ${quoted(parameter)}.`;
      return mistaken({ code, message, expected, nearest: nearest(parameter, parameters), span: argument.keySpan });
    }
    if (bound.has(parameter)) {
      return mistaken({ code, message: `${call.name}() is given ${quoted(parameter)} twice.`, expected, span: argument.span });
    }
    bound.set(parameter, argument);
  }
  const missing = parameters.filter((parameter) => !bound.has(parameter) && !optional.includes(parameter));
  if (missing.length > 0) {
    return mistaken({ code, message: `${call.name}() needs ${oneOf(missing).replace(/ or ([^ ]*)$/, ' and $1')}.`, expected });
  }
  return parsed(bound);
}
