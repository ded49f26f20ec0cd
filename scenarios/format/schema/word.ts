import * as z from 'zod';
import { isShortString, MAX_SHORT_STRING_BYTES, utf8Bytes } from '../../../engine/index.js';
import { mistaken, oneOf, parsed, type Parsed } from '../mistake.js';
import { nearest } from '../nearest.js';
import { quoted } from '../printable.js';
import { fromUnknown, leaf, wrongType } from './leaf.js';

/** Names of producers, consumers and scenarios, and of standard queues; SQS allows those no others. */
export const NAME_PATTERN = /^[A-Za-z0-9_-]{1,80}$/;

/** Names of queues: that of a FIFO queue ends with `.fifo`, and the ending counts. */
export const QUEUE_NAME_PATTERN = /^([A-Za-z0-9_-]{1,80}|[A-Za-z0-9_-]{1,75}\.fifo)$/;

/** One of some words. */
export function choice<const T extends string>(words: readonly T[], description: string): z.ZodType<T> {
  const parse = (text: string): Parsed<T> => {
    const word = words.find((candidate) => candidate === text);
    if (word !== undefined) return parsed(word);
    return mistaken({
      code: 'QL_SCENARIO_UNKNOWN_CHOICE',
      message: `${quoted(text)} is not possible here.`,
      expected: oneOf(words),
      nearest: nearest(text, words),
    });
  };
  return leaf(parse, oneOf(words), { description, enum: words });
}

/** Some of a few words, in their own order; `all` for all of them. */
export function choices<const T extends string>(words: readonly T[], description: string): z.ZodType<readonly T[]> {
  return fromUnknown<readonly T[]>((value) => {
    if (value === 'all') return parsed(words);
    const said: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const word of said) {
      if (typeof word !== 'string') return mistaken(wrongType(word, `a list of ${oneOf(words)}`));
      if (!words.includes(word as T)) {
        return mistaken({ code: 'QL_SCENARIO_UNKNOWN_CHOICE', message: `${quoted(word)} is not possible here.`, expected: oneOf(words), nearest: nearest(word, words) });
      }
    }
    return parsed(words.filter((word) => said.includes(word)));
  }, { description, anyOf: [{ enum: ['all', ...words] }, { type: 'array', items: { enum: words } }] }, (chosen) => (chosen.length === words.length ? 'all' : chosen));
}

/** A name that something gets, or is referred to by. */
export function name(description: string, pattern = NAME_PATTERN): z.ZodType<string> {
  const parse = (text: string): Parsed<string> => (pattern.test(text)
    ? parsed(text)
    : mistaken({ code: 'QL_SCENARIO_BAD_NAME', message: `${quoted(text)} cannot be a name.`, expected: NAME_RULE }));
  return leaf(parse, 'a name', { description, type: 'string', pattern: pattern.source });
}

/** The name of a queue. */
export const queueName = (description: string): z.ZodType<string> => name(description, QUEUE_NAME_PATTERN);

export const NAME_RULE = 'at most 80 letters, digits, hyphens and underscores';

/** Text for people, at most `maxLength` characters. */
export function text(maxLength: number, description: string): z.ZodType<string> {
  const parse = (value: string): Parsed<string> => {
    if (value.length <= maxLength) return parsed(value);
    return mistaken({ code: 'QL_SCENARIO_BAD_VALUE', message: `This text has ${value.length} characters.`, expected: `at most ${maxLength}` });
  };
  return leaf(parse, 'a text', { description, type: ['string', 'number'], maxLength });
}

/** A text that AMQP has to say in a short string. */
export function shortString(description: string): z.ZodType<string> {
  const parse = (value: string): Parsed<string> => (isShortString(value)
    ? parsed(value)
    : mistaken({ code: 'QL_SCENARIO_BAD_VALUE', message: `This text has ${utf8Bytes(value)} octets in UTF-8.`, expected: SHORT_STRING_RULE }));
  return leaf(parse, 'a text', { description, type: ['string', 'number'], maxLength: MAX_SHORT_STRING_BYTES });
}

export const SHORT_STRING_RULE = `at most ${MAX_SHORT_STRING_BYTES} (a short string of AMQP)`;

/** `true` or `false`. */
export function flag(description: string): z.ZodType<boolean> {
  const parse = (value: unknown): Parsed<boolean> =>
    typeof value === 'boolean' ? parsed(value) : mistaken(wrongType(value, 'true or false'));
  return fromUnknown(parse, { description, type: 'boolean' });
}

/** A mapping whose keys are names, at most `max` of them. */
export const byName = <T extends z.ZodType>(value: T, max: number, description: string, pattern = NAME_PATTERN): z.ZodRecord<z.ZodString, T> =>
  z.record(z.string().regex(pattern), value).refine((map) => Object.keys(map).length <= max, `more than ${max} entries`).meta({ description });
