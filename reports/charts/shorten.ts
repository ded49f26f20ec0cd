/** Cuts out the middle: names are often told apart by how they end. */
export function shortenMiddle(text: string, maxCharacters: number): string {
  const half = Math.floor(maxCharacters / 2);
  return text.length <= maxCharacters ? text : `${text.slice(0, half - 1)}…${text.slice(-half)}`;
}
