/**
 * Text as XML 1.0 can hold it: markup escaped, and what no escaping makes legal (most control characters, lone surrogates)
 * replaced by U+FFFD.
 */
export function xmlText(text: string): string {
  return text.replace(ILLEGAL, '\uFFFD').replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

/** The same within an attribute, where a parser would make spaces of line ends and tabs. */
export function xmlAttribute(text: string): string {
  return xmlText(text).replace(/[\n\r\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

// https://www.w3.org/TR/xml/#charsets
// eslint-disable-next-line no-control-regex
const ILLEGAL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
