import type { Configuration } from './configuration.js';
import { DURABILITY } from './durability.js';
import { REFERENCE_CONFIGURATIONS } from './reference-durability.js';

/** The whole matrix, for readers: what is simulated, then what is known of other systems. */
export const CONFIGURATIONS: readonly (Configuration & { readonly isSimulated: boolean })[] = [
  ...DURABILITY.map((row) => ({ ...row, isSimulated: true })),
  ...REFERENCE_CONFIGURATIONS.map((row) => ({ ...row, isSimulated: false })),
];
