/** Widths of letters in em, of the plain sans-serif typefaces that charts are set in. */
const NARROW = 0.29;
const WIDE = 0.86;
const CAPITAL = 0.66;
const DIGIT = 0.57;
const USUAL = 0.55;

/**
 * About how wide a text is, in pixels. Where there is no canvas Vega supposes that every letter is 0.8 em wide, and leaves so much room
 * beside long titles that charts shrink to make it.
 */
export function textWidth(text: string, fontSize: number): number {
  let em = 0;
  for (const letter of text) em += widthOf(letter);
  return em * fontSize;
}

function widthOf(letter: string): number {
  if (/[ijltfrI.,:;'|!()[\] -]/.test(letter)) return NARROW;
  if (/[mwMW@%→—]/.test(letter)) return WIDE;
  if (/\d/.test(letter)) return DIGIT;
  return /[A-Z]/.test(letter) ? CAPITAL : USUAL;
}
