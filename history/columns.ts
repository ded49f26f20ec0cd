/** Bytes of a number at most: 53 bits and a sign, seven bits a byte. */
const MAX_NUMBER_BYTES = 8;

/** Columns of whole numbers, one after the other, each as the differences from row to row in as few bytes as they need. */
export function writeColumns(columns: readonly (readonly number[])[]): Uint8Array {
  const numbers = columns.reduce((sum, column) => sum + column.length, 0);
  const bytes = new Uint8Array(numbers * MAX_NUMBER_BYTES);
  let at = 0;
  for (const column of columns) {
    let before = 0;
    for (const value of column) {
      at = writeVarint(bytes, at, value - before);
      before = value;
    }
  }
  return bytes.slice(0, at);
}

/** The columns again: so many, of so many rows. */
export function readColumns(bytes: Uint8Array, columns: number, rows: number): Float64Array[] {
  let at = 0;
  return Array.from({ length: columns }, () => {
    const column = new Float64Array(rows);
    let before = 0;
    for (let row = 0; row < rows; row++) {
      let value = 0;
      let scale = 1;
      for (; bytes[at]! >= 128; at++) {
        value += (bytes[at]! - 128) * scale;
        scale *= 128;
      }
      value += bytes[at++]! * scale;
      before += value % 2 === 1 ? -(value + 1) / 2 : value / 2;
      column[row] = before;
    }
    return column;
  });
}

/** A whole number as the sign in the lowest bit and seven bits a byte. */
function writeVarint(bytes: Uint8Array, from: number, value: number): number {
  let at = from;
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  while (rest >= 128) {
    bytes[at++] = (rest % 128) + 128;
    rest = Math.floor(rest / 128);
  }
  bytes[at++] = rest;
  return at;
}
