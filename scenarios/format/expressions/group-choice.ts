import type { GroupSpec } from '../../model.js';
import { mistaken, parsed, type Parsed, shifted } from '../mistake.js';
import { nearest } from '../nearest.js';
import { quoted } from '../printable.js';
import { formatQuantity, NUMBER, parseQuantity } from '../quantities/index.js';
import { bindArguments, parseCall } from './call.js';

export const GROUP_CHOICE_EXAMPLES = ['round-robin', 'uniform', 'zipf(1.1)'] as const;

const CODE = 'QL_SCENARIO_UNKNOWN_CHOICE';
const EXPECTED = 'round-robin, uniform, or zipf(1.1) for groups of which a few are hot';
const MAX_EXPONENT = 10;

/** Reads how a producer chooses the group of a message. */
export function parseGroupChoice(text: string): Parsed<GroupSpec['choice']> {
  const word = text.trim();
  if (word === 'round-robin') return parsed(word);
  if (word === 'uniform') return parsed(0);
  const call = parseCall(text);
  if (call === null || call.name !== 'zipf') {
    const name = call?.name ?? word;
    return mistaken({ code: CODE, message: `${quoted(name)} is no way to choose a group.`, expected: EXPECTED, nearest: nearest(name, ['round-robin', 'uniform', 'zipf']) });
  }
  const bound = bindArguments(call, ['exponent'], { code: CODE, expected: EXPECTED });
  if (!bound.ok) return bound;
  const argument = bound.value.get('exponent')!;
  const exponent = parseQuantity(argument.text, NUMBER);
  if (!exponent.ok) return mistaken(shifted(exponent.mistake, argument.span.start, argument.text.length));
  if (exponent.value < 0 || exponent.value > MAX_EXPONENT) {
    return mistaken({ code: 'QL_SCENARIO_BAD_VALUE', message: `zipf(${exponent.value}) cannot be.`, expected: `an exponent from 0 to ${MAX_EXPONENT}` });
  }
  return parsed(exponent.value);
}

/** The same as a file says it. */
export function writeGroupChoice(choice: GroupSpec['choice']): string {
  if (choice === 'round-robin') return choice;
  return choice === 0 ? 'uniform' : `zipf(${formatQuantity(choice, NUMBER)})`;
}
