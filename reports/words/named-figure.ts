import type { MeasureUnit } from '../../measures/index.js';
import { figureText } from './figure-text.js';
import { formatShare } from './numbers.js';

/** True of figures that are shares of a whole: `ratio(redelivered)`. Their unit is a bare number. */
export const isShare = (name: string): boolean => name.startsWith('ratio(');

/** The value of a figure of a study: shares in percent, all others in their unit. */
export const namedFigureText = (name: string, value: number, unit: MeasureUnit): string => (isShare(name) ? formatShare(value, 1) : figureText(value, unit));
