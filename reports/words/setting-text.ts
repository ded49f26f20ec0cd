import type { RunResult } from '../run-result.js';

/** The value of a setting as it is shown: what is named by nothing has words. */
export function settingText({ path, value }: Pick<RunResult['settings'][number], 'path' | 'value'>): string {
  if (value !== '') return value;
  return /(^|\.)(exchange|deadLetterExchange|alternate)$/.test(path) ? '(default)' : '(empty)';
}
