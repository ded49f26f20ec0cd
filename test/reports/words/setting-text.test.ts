import { expect, it } from 'vitest';
import { settingText } from '../../../reports/words/setting-text.js';

it('the default exchange, which has no name, is called that; any other empty text is called empty', () => {
  expect(['producers.shop.exchange', 'exchanges.a.alternate'].map((path) => settingText({ path, value: '' }))).toEqual(['(default)', '(default)']);
  expect([settingText({ path: 'producers.shop.key', value: '' }), settingText({ path: 'producers.shop.exchange', value: 'alarms' })]).toEqual(['(empty)', 'alarms']);
});
