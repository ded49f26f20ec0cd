const DOUBLE = new Float64Array(1);
const WORDS = new Int32Array(DOUBLE.buffer);
/** Which of the two words holds sign, exponent and the top of the mantissa: depends on the processor's byte order. */
DOUBLE[0] = 1;
const HIGH = WORDS[1] === 0x3ff00000 ? 1 : 0;

const SMALLEST_EXPONENT = -1074;
const LARGEST_EXPONENT = 1023;
const POWERS = new Float64Array(LARGEST_EXPONENT - SMALLEST_EXPONENT + 1).fill(1);
for (let exponent = 1; exponent <= LARGEST_EXPONENT; exponent++) {
  POWERS[exponent - SMALLEST_EXPONENT] = POWERS[exponent - 1 - SMALLEST_EXPONENT]! * 2;
}
for (let exponent = -1; exponent >= SMALLEST_EXPONENT; exponent--) {
  POWERS[exponent - SMALLEST_EXPONENT] = POWERS[exponent + 1 - SMALLEST_EXPONENT]! / 2;
}

/** Sign (1 bit), biased exponent (11) and the 20 high bits of the mantissa, as a signed word. */
export function highWord(x: number): number {
  DOUBLE[0] = x;
  return WORDS[HIGH] as number;
}

/** Two to the power of an integer from -1074 to 1023, exactly. */
export function powerOfTwo(exponent: number): number {
  return POWERS[exponent - SMALLEST_EXPONENT] as number;
}
