/** Turns go round: two of the upper lane, and one that the other may have. */
const ROUND = 3;
const LAST_TURN = ROUND - 1;
const ANY = 0b111;

/** What stands at the heads of two lanes: which of them is older where both have a message. */
export type Heads = 'both, upper older' | 'both, lower older' | 'upper alone' | 'lower alone';

/**
 * Whose turn it is in a queue with two lanes. The turn is known from the start on; after a recovery it may be any, until what is handed out tells.
 */
export class LaneTurns {
  /** A bit for each turn that it may be. */
  #possible = 1;

  /** Nobody knows whose turn it is. */
  forget(): void {
    this.#possible = ANY;
  }

  /** Something left unserved: that may have been a turn, or not. */
  mayPass(): void {
    this.#possible |= next(this.#possible);
  }

  /** One was taken from this lane. False when it was the other's turn, whatever the turn was; then nobody knows whose turn it is. */
  took(isUpper: boolean, heads: Heads): boolean {
    let fitting = 0;
    for (let turn = 0; turn < ROUND; turn++) {
      if ((this.#possible & (1 << turn)) !== 0 && isUpper === servesUpper(turn, heads)) fitting |= 1 << turn;
    }
    this.#possible = fitting === 0 ? ANY : next(fitting);
    return fitting !== 0;
  }
}

function servesUpper(turn: number, heads: Heads): boolean {
  if (heads === 'upper alone' || heads === 'lower alone') return heads === 'upper alone';
  return turn < LAST_TURN || heads === 'both, upper older';
}

const next = (turns: number): number => ((turns << 1) | (turns >> LAST_TURN)) & ANY;
