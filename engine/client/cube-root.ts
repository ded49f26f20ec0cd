const ROUNDS = 60;

/** Of a number from 0 on, by Newton's method: the language's own need not be the same to the last bit everywhere. */
export function cubeRoot(value: number): number {
  if (value === 0) return 0;
  let root = value < 1 ? 1 : value;
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = (2 * root + value / (root * root)) / 3;
    if (next === root) break;
    root = next;
  }
  return root;
}
