import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { DEFAULT_FUZZ } from '../../../scenarios/format/build-fuzz.js';
import { ScenarioError, loadScenario, makeExplicit, scenarioYaml, type Scenario } from '../../../scenarios/index.js';
import { MUTANT_SCENARIOS } from '../../mutants/mutant-scenarios.js';
import { randomScenarioText } from '../random-scenario.js';
import { GOOD, goodWith, parse } from './given.js';

const root = join(import.meta.dirname, '../../../scenarios');
const files = (readdirSync(root, { recursive: true }) as string[]).filter((name) => name.endsWith('.yaml')).sort();

/** What a file says of itself is not written, and promises are written in the order of the catalogue. */
function contentOf({ file: _file, sha256: _sha256, overrides: _overrides, settings: _settings, expect: { promises, thresholds }, fuzz = DEFAULT_FUZZ, ...rest }: Scenario): unknown {
  const verdicts = Object.fromEntries(promises.map(({ invariant, verdict }) => [invariant, verdict]));
  return { ...rest, fuzz, verdicts, thresholds: thresholds.map(({ line: _line, column: _column, ...threshold }) => threshold) };
}

const expectRoundTrip = (scenario: Scenario): void => expect(contentOf(parse(scenarioYaml(scenario)))).toEqual(contentOf(scenario));

describe('a scenario written as a file', () => {
  it.each(files)('is the same scenario when it is read again: %s', (file) => {
    expectRoundTrip(loadScenario(join(root, file)));
  });

  it('is the same with its workload and faults written out', () => {
    for (const name of ['dead-letter-on-timeout', 'store-before-validation']) {
      expectRoundTrip(makeExplicit(MUTANT_SCENARIOS[name]!, { mutants: [name] }).scenario);
    }
  }, 60_000);

  it('is the same whatever it says', () => {
    let accepted = 0;
    fc.assert(fc.property(randomScenarioText, ({ text, overrides }) => {
      let scenario;
      try {
        scenario = parse(text, overrides);
      } catch (error) {
        if (error instanceof ScenarioError) return;
        throw error;
      }
      accepted += 1;
      expectRoundTrip(scenario);
    }), { numRuns: 150 });
    expect(accepted).toBeGreaterThan(5);
  }, 60_000);

  it('says what differs from the defaults and nothing else, in one line where it is short', () => {
    expect(scenarioYaml(parse(GOOD)).split('\n')).toEqual([
      '# yaml-language-server: $schema=node_modules/queuelab/schema/scenario.schema.json',
      '',
      'name: demo',
      '',
      'queues:',
      '  orders: { deadLetter: { queue: orders-dead, maxReceiveCount: 3 } }',
      '  orders-dead: {}',
      '',
      'producers:',
      '  web: { queue: orders, rate: 10/s }',
      '',
      'consumers:',
      '  worker: { queue: orders, count: 2 }',
      '',
      'faults:',
      '  - { at: 5s, fault: crash, target: worker-1, for: 10s }',
      '',
      'expect:',
      '  acked-send-not-lost: holds',
      '  thresholds: [ p99(endToEnd) < 50ms ]',
      '',
    ]);
  });

  it('lists sends, the plain ones as times', () => {
    const sends = 'size: 200B\n    sends: [1s, { at: 500ms, size: 2KiB, takes: 45s }, { at: 2s, takes: [1s, 2s], fails: [1] }, { at: 3s, fails: always }]';
    const scenario = parse(goodWith('rate: 10/s', sends));
    expect(scenario.producers[0]).toMatchObject({
      messages: 4, startMicros: 500_000, sizeBytes: { kind: 'constant', value: 200 },
      sends: [
        { atMicros: 500_000, sizeBytes: 2048, takesMicros: [45_000_000], fails: null },
        { atMicros: 1_000_000, sizeBytes: 200, takesMicros: null, fails: null },
        { atMicros: 2_000_000, sizeBytes: 200, takesMicros: [1_000_000, 2_000_000], fails: [1] },
        { atMicros: 3_000_000, sizeBytes: 200, takesMicros: null, fails: 'always' },
      ],
    });
    const lines = scenarioYaml(scenario).split('\n');
    expect(lines.slice(lines.indexOf('  web:'), lines.indexOf('consumers:') - 1)).toEqual([
      '  web:', '    queue: orders', '    sends:',
      '      - { at: 500ms, size: 2KiB, takes: 45s }', '      - 1s', '      - { at: 2s, takes: [ 1s, 2s ], fails: [ 1 ] }', '      - { at: 3s, fails: always }',
      '    size: 200B',
    ]);
    expectRoundTrip(scenario);
  });

  it('carries a header and a sentence for each fault, as comments', () => {
    const text = scenarioYaml(parse(GOOD), { header: ['What it shows.', 'How it was found: '.repeat(20)], faultComments: ['Kills the worker.'], schemaPath: '../schema.json' });
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/schema\.json\n#\n# What it shows\.\n#\n# How it was found: How/);
    expect(text).toMatch(/faults:\n {2}# Kills the worker\.\n {2}- \{ at: 5s/);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(parseDocument(text).errors).toEqual([]);
  });
});

describe('listed sends that cannot be', () => {
  const mistakes = (sends: string) => () => parse(goodWith('rate: 10/s', sends));

  it.each([
    ['rate: 10/s\n    sends: [1s]', /producers\.web lists its sends: rate has nothing to say/],
    ['messages: 5\n    sends: [1s]', /messages has nothing to say/],
    ['sends: [1s, 70s]', /This would never be sent: the scenario stops its producers after 1min/],
    ['sends: [soon]', /"soon" is not a duration/],
    ['sends: [{ size: 1KiB }]', /producers\.web\.sends\.0 has no "at"/],
    ['sends: [{ at: 1s, fails: 1 }]', /A number cannot stand here/],
    ['sends: [{ at: 1s, fails: [0] }]', /"0" is too small/],
    ['sends: [{ at: 1s, takes: [] }]', /This list has 0 entries/],
    ['sends: [{ at: 1s, take: 1s }]', /"take" is not a key of producers\.web\.sends\.0[\s\S]*takes/],
    ['size: "uniform(1B, 2B)"\n    sends: [1s]', /Listed sends have sizes that are not drawn/],
  ])('are answered with what is wrong: %s', (sends, message) => {
    expect(mistakes(sends)).toThrow(message);
  });
});
