import { DISTRIBUTION_NAMES } from './expressions/distribution.js';

/**
 * `lognormal(p50: 20ms, p99: 200ms)` is how people say it, but YAML takes a colon with a space for a mapping and, inside
 * `{ }`, a comma for the end of a value. Inside the parentheses of our calls both are hidden from YAML behind characters
 * that no text has (Unicode: noncharacters), one for one, so that every place in the text stays where it is.
 *
 * A mapping or list that YAML would have read there was never a valid scenario, so nothing changes its meaning. Editors,
 * which read the text as it is, want quotes around such a call.
 */
const CALL = new RegExp(`\\b(?:${[...DISTRIBUTION_NAMES, 'backoff'].join('|')})\\([^()\\n]*\\)`, 'g');

const COMMA = '\ufdd0';
const COLON = '\ufdd1';

export function maskCalls(text: string): string {
  return text.replace(CALL, (call) => call.replaceAll(',', COMMA).replaceAll(':', COLON));
}

/** A value that was read from masked text, as it was meant; a copy that shares nothing with another. */
export function unmasked(value: unknown): unknown {
  const json = JSON.stringify(value) as string | undefined;
  return json === undefined ? null : (JSON.parse(json.replaceAll(COMMA, ',').replaceAll(COLON, ':')) as unknown);
}
