// C0 and C1 controls, bidirectional overrides and isolates, zero-width characters, line separators: what could move a
// terminal's cursor, colour it, or make a text read differently from what it is.
// eslint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Text from outside as it may be printed: one character for one, and no control characters among them. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => (character === '\t' ? ' ' : '\ufffd'));
}

/** A value quoted for a message, cut when long. */
export function quoted(text: string, maxLength = 60): string {
  return `"${printable(text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text)}"`;
}
