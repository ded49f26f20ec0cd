import { describe, expect, it } from 'vitest';
import { GOOD, errorOf, goodWith, mistakesOf, parse } from './given.js';

describe('a mistake in a scenario is shown with its place, its code, what was expected and the nearest name', () => {
  it('unknown key', () => {
    expect(mistakesOf(goodWith('visibilityTimeout', 'visibiltyTimeout'))).toBe(`\
demo.yaml:4:5: QL_SCENARIO_UNKNOWN_KEY
  "visibiltyTimeout" is not a key of queues.orders. Did you mean "visibilityTimeout"?
      2 | queues:
      3 |   orders:
    > 4 |     visibiltyTimeout: 30s
        |     ^^^^^^^^^^^^^^^^
      5 |     deadLetter: { queue: orders-dead, maxReceiveCount: 3 }
      6 |   orders-dead: {}
  Expected one of visibilityTimeout, delay, retention, receiveWait, maxMessageSize, deadLetter, fifo, contentBasedDeduplication, deduplicationScope, throughputLimit, maxInFlight, fair, requestsPerSecond, staleHandles, lookAhead, repeatsAtZeroTimeout, purgeTakes, attributesTake, retentionTakes, anomalies.`);
  });

  it('unknown key at the top', () => {
    expect(mistakesOf(goodWith('consumers:', 'consumer:'))).toBe(`\
demo.yaml:11:1: QL_SCENARIO_UNKNOWN_KEY
  "consumer" is not a key of a scenario. Did you mean "consumers"?
       9 |     queue: orders
      10 |     rate: 10/s
    > 11 | consumer:
         | ^^^^^^^^
      12 |   worker:
      13 |     queue: orders
  Expected one of name, description, personality, seed, duration, drain, heal, dead, stopWhenDone, broker, network, queues, producers, consumers, operators, faults, expect, fuzz.

demo.yaml:18:13: QL_SCENARIO_UNKNOWN_TARGET
  There is no machine "worker-1".
      16 |   - at: 5s
      17 |     fault: crash
    > 18 |     target: worker-1
         |             ^^^^^^^^
      19 |     for: 10s
      20 | expect:
  Expected one of broker, web.`);
  });

  it('machines that stay dead, and cannot', () => {
    const dead = mistakesOf(`${GOOD}dead: { worker-9: crash, broker: pause, worker-1: melted }\n`);
    expect(dead).toContain('QL_SCENARIO_UNKNOWN_TARGET\n  There is no machine "worker-9". Did you mean "worker-1"?');
    expect(dead).toContain('QL_SCENARIO_CONFLICT\n  The broker is healed, always: nothing would be left to run.');
    expect(dead).toContain('QL_SCENARIO_CONFLICT\n  Nobody stays dead with heal: all.');
    expect(dead).toContain('QL_SCENARIO_UNKNOWN_CHOICE\n  "melted" is not possible here.');
    expect(dead).toContain('Expected crash, power-loss, pause or network-partition.');
    expect(parse(`${GOOD}heal: core\ndead: { worker-1: crash }\n`).dead).toEqual([{ machine: 'worker-1', fault: 'crash' }]);
  });

  it('duplicate key', () => {
    expect(mistakesOf(goodWith('    rate: 10/s\n', '    rate: 10/s\n    queue: orders\n'))).toBe(`\
demo.yaml:11:5: QL_SCENARIO_DUPLICATE_KEY
  This key is already there in the same mapping.
       9 |     queue: orders
      10 |     rate: 10/s
    > 11 |     queue: orders
         |     ^^^^^
      12 | consumers:
      13 |   worker:
  Expected each key once.`);
  });

  it('wrong type', () => {
    expect(mistakesOf(goodWith('queue: orders\n    rate', 'queue: [orders]\n    rate'))).toBe(`\
demo.yaml:9:12: QL_SCENARIO_WRONG_TYPE
  A list cannot stand here.
       7 | producers:
       8 |   web:
    >  9 |     queue: [orders]
         |            ^^^^^^^^
      10 |     rate: 10/s
      11 | consumers:
  Expected a name.`);
  });

  it('nothing where a mapping should be', () => {
    expect(mistakesOf(goodWith('orders-dead: {}', 'orders-dead:'))).toBe(`\
demo.yaml:6:3: QL_SCENARIO_WRONG_TYPE
  There is no value.
      4 |     visibilityTimeout: 30s
      5 |     deadLetter: { queue: orders-dead, maxReceiveCount: 3 }
    > 6 |   orders-dead:
        |   ^^^^^^^^^^^
      7 | producers:
      8 |   web:
  Expected a mapping; write \`orders-dead: {}\` for a queue with all defaults.`);
  });

  it('missing key', () => {
    expect(mistakesOf(goodWith('    queue: orders\n    rate', '    rate'))).toBe(`\
demo.yaml:8:3: QL_SCENARIO_MISSING_KEY
  producers.web has no "queue".
       6 |   orders-dead: {}
       7 | producers:
    >  8 |   web:
         |   ^^^
       9 |     rate: 10/s
      10 | consumers:
  Expected a name.`);
  });

  it('no queues', () => {
    expect(mistakesOf('name: demo\n')).toBe(`\
demo.yaml:1:1: QL_SCENARIO_MISSING_KEY
  The scenario has no "queues".
    > 1 | name: demo
        | ^
  Expected a mapping of names.`);
  });

  it('bad unit', () => {
    expect(mistakesOf(goodWith('visibilityTimeout: 30s', 'visibilityTimeout: 30sec'))).toBe(`\
demo.yaml:4:26: QL_SCENARIO_BAD_UNIT
  "sec" is not a unit of duration. Did you mean "s"?
      2 | queues:
      3 |   orders:
    > 4 |     visibilityTimeout: 30sec
        |                          ^^^
      5 |     deadLetter: { queue: orders-dead, maxReceiveCount: 3 }
      6 |   orders-dead: {}
  Expected a duration in us, ms, s, min, h or d, such as 250ms, 30s or 1h 30min.`);
  });

  it('no unit', () => {
    expect(mistakesOf(goodWith('visibilityTimeout: 30s', 'visibilityTimeout: "30"'))).toContain(`\
demo.yaml:4:24: QL_SCENARIO_BAD_UNIT
  "30" has no unit.`);
  });

  it('missing reference', () => {
    expect(mistakesOf(goodWith('queue: orders\n    count', 'queue: order\n    count'))).toBe(`\
demo.yaml:13:12: QL_SCENARIO_UNKNOWN_QUEUE
  There is no queue "order". Did you mean "orders"?
      11 | consumers:
      12 |   worker:
    > 13 |     queue: order
         |            ^^^^^
      14 |     count: 2
      15 | faults:
  Expected one of orders, orders-dead.`);
  });

  it('fault on an unknown target', () => {
    expect(mistakesOf(goodWith('target: worker-1', 'target: worker-3'))).toBe(`\
demo.yaml:18:13: QL_SCENARIO_UNKNOWN_TARGET
  There is no machine "worker-3". Did you mean "worker-1"?
      16 |   - at: 5s
      17 |     fault: crash
    > 18 |     target: worker-3
         |             ^^^^^^^^
      19 |     for: 10s
      20 | expect:
  Expected one of broker, web, worker-1, worker-2, worker.`);
  });

  it('unknown fault', () => {
    expect(mistakesOf(goodWith('fault: crash', 'fault: crsh'))).toContain(`\
demo.yaml:17:12: QL_SCENARIO_UNKNOWN_CHOICE
  There is no fault "crsh". Did you mean "crash"?
      15 | faults:
      16 |   - at: 5s
    > 17 |     fault: crsh
         |            ^^^^
      18 |     target: worker-1
      19 |     for: 10s
  Expected crash, pause, `);
  });

  it('threshold on something that is not measured', () => {
    expect(mistakesOf(goodWith('p99(endToEnd)', 'p99(endToEnt)'))).toContain(`\
demo.yaml:23:11: QL_SCENARIO_BAD_THRESHOLD
  "endToEnt" is not measured. Did you mean "endToEnd"?
      21 |   acked-send-not-lost: holds
      22 |   thresholds:
    > 23 |     - p99(endToEnt) < 50ms
         |           ^^^^^^^^
  Expected one of `);
  });

  it('unknown promise and unknown verdict', () => {
    const message = mistakesOf(goodWith('acked-send-not-lost: holds', 'acked-sends-not-lost: hold'));
    expect(message).toContain('demo.yaml:21:3: QL_SCENARIO_UNKNOWN_KEY\n  "acked-sends-not-lost" is not a key of expect. Did you mean "acked-send-not-lost"?');
    expect(mistakesOf(goodWith('not-lost: holds', 'not-lost: hold'))).toContain(`\
demo.yaml:21:24: QL_SCENARIO_UNKNOWN_CHOICE
  "hold" is not possible here. Did you mean "holds"?`);
  });
});

describe('an impossible value', () => {
  const consumer = (setting: string): string => goodWith('    count: 2\n', `    count: 2\n${setting}\n`);
  const queue = (setting: string): string => goodWith('    visibilityTimeout: 30s\n', `${setting}\n`);
  const fault = (setting: string): string => goodWith('    for: 10s\n', `${setting}\n`);

  it.each<[string, string, string, string]>([
    ['a probability of 1.2', consumer('    handler: { failure: 1.2 }'), '15:25: QL_SCENARIO_BAD_VALUE\n  "1.2" is too large.', 'a share from 0 to 1'],
    ['a probability of 120%', consumer('    handler: { failure: 120% }'), '15:25: QL_SCENARIO_BAD_VALUE\n  "120%" is too large.', 'a share from 0 to 1'],
    ['a negative duration', queue('    delay: -5s'), '4:12: QL_SCENARIO_BAD_VALUE\n  "-5s" is negative.', 'a duration in'],
    ['a delay over 15 minutes', queue('    delay: 16min'), '4:12: QL_SCENARIO_BAD_VALUE\n  "16min" is too large (a limit of SQS).', 'a duration from 0s to 15min'],
    ['a visibility timeout over 12 hours', queue('    visibilityTimeout: 13h'), '4:24: QL_SCENARIO_BAD_VALUE\n  "13h" is too large (a limit of SQS).', 'a duration from 0s to 12h'],
    ['a retention under a minute', queue('    retention: 30s'), '4:16: QL_SCENARIO_BAD_VALUE\n  "30s" is too small (a limit of SQS).', 'a duration from 1min to 14d'],
    ['a retention over 14 days', queue('    retention: 15d'), '4:16: QL_SCENARIO_BAD_VALUE\n  "15d" is too large (a limit of SQS).', 'a duration from 1min to 14d'],
    ['a visibility timeout of one and a half seconds', queue('    visibilityTimeout: 1500ms'), '4:24: QL_SCENARIO_BAD_VALUE\n  "1500ms" is no multiple of 1s (a limit of SQS).', 'a duration from 0s to 12h in steps of 1s'],
    ['a delay of ten milliseconds', queue('    delay: 10ms'), '4:12: QL_SCENARIO_BAD_VALUE\n  "10ms" is no multiple of 1s (a limit of SQS).', 'a duration from 0s to 15min in steps of 1s'],
    ['a retention with a half second', queue('    retention: 60500ms'), '4:16: QL_SCENARIO_BAD_VALUE\n  "60500ms" is no multiple of 1s (a limit of SQS).', 'a duration from 1min to 14d in steps of 1s'],
    ['a lease of less than a second', consumer('    visibilityTimeout: 700ms'), '15:24: QL_SCENARIO_BAD_VALUE\n  "700ms" is no multiple of 1s (a limit of SQS).', 'a duration from 0s to 12h in steps of 1s; or queue'],
    ['a long poll of less than a second', consumer('    waitTime: 50ms'), '15:15: QL_SCENARIO_BAD_VALUE\n  "50ms" is no multiple of 1s (a limit of SQS).', 'a duration from 0s to 20s in steps of 1s'],
    ['a batch of eleven', consumer('    batchSize: 11'), '15:16: QL_SCENARIO_BAD_VALUE\n  "11" is too large (a limit of SQS).', 'a whole number from 1 to 10'],
    ['a long poll over 20 seconds', consumer('    waitTime: 21s'), '15:15: QL_SCENARIO_BAD_VALUE\n  "21s" is too large (a limit of SQS).', 'a duration from 0s to 20s'],
    ['no concurrency', consumer('    concurrency: 0'), '15:18: QL_SCENARIO_BAD_VALUE\n  "0" is too small.', 'a whole number from 1 to 10000'],
    ['half a consumer', goodWith('count: 2', 'count: 1.5'), '14:12: QL_SCENARIO_BAD_VALUE\n  "1.5" is not a whole number.', 'a whole number, such as 3 or 10'],
    ['a number as a word', goodWith('count: 2', 'count: two'), '14:12: QL_SCENARIO_WRONG_TYPE\n  "two" is not a whole number.', 'a whole number, such as 3 or 10'],
    ['a number with a unit', goodWith('count: 2', 'count: 2 workers'), '14:12: QL_SCENARIO_WRONG_TYPE\n  "2 workers" is not a whole number.', 'a whole number, such as 3 or 10'],
    ['a rate of zero', goodWith('rate: 10/s', 'rate: 0/s'), '10:11: QL_SCENARIO_BAD_VALUE\n  "0/s" is too small.', 'a rate above 0/s and up to 1000000/s'],
    ['an interval of zero', goodWith('rate: 10/s', 'interval: 0s'), '10:15: QL_SCENARIO_BAD_VALUE\n  "0s" is too small.', 'a duration above 0s'],
    ['a backoff that shrinks', consumer('    onFailure: "backoff(1s, factor: 0.5)"'), '15:16: QL_SCENARIO_BAD_VALUE\n  backoff() cannot be: a factor below 1 shrinks the delay.', 'leave'],
    ['no duration', goodWith('name: demo', 'name: demo\nduration: 0s'), '2:11: QL_SCENARIO_BAD_VALUE\n  "0s" is too small.', 'a duration above 0s and up to 3650d'],
    ['a fault after the end', goodWith('at: 5s', 'at: 61s'), '16:9: QL_SCENARIO_BAD_VALUE\n  This fault would never strike: all faults are healed after 1min, the scenario\'s duration.', 'a time before `duration`'],
    ['a fault of no length', fault('    for: 0s'), '19:10: QL_SCENARIO_BAD_VALUE\n  "0s" is too small.', 'a duration above 0s'],
    ['a fault on both sides of a link', goodWith('fault: crash', 'fault: network-partition\n    peers: [worker, broker]'), '18:12: QL_SCENARIO_BAD_VALUE\n  This fault cannot strike: `peers` \'worker-1\' is on both sides.', ''],
    ['a machine struck twice by one fault', goodWith('target: worker-1', 'target: [worker, worker-1]'), '18:13: QL_SCENARIO_BAD_VALUE\n  This fault cannot strike: `target` names a machine twice.', ''],
    ['more repetitions than a run can have', fault('    for: 1us\n    every: 2us'), '20:12: QL_SCENARIO_TOO_LARGE\n  The schedule makes more than 10000 faults.', ''],
    ['a length for a fault that is over at once', goodWith('fault: crash', 'fault: bit-rot'), '19:5: QL_SCENARIO_UNKNOWN_KEY\n  "for" is not a key of faults.0.', 'one of at, fault, target, bits, file, every, times, until.'],
    ['an end without a repetition', fault('    times: 3'), '19:5: QL_SCENARIO_CONFLICT\n  "times" says when a repetition ends, and nothing is repeated.', '`every` beside it'],
    ['a producer that starts after the end', goodWith('    rate: 10/s', '    rate: 10/s\n    start: 2min'), '11:12: QL_SCENARIO_BAD_VALUE\n  producers.web would never send: the scenario stops its producers after 1min.', 'a start before `duration`'],
    ['rate and interval', goodWith('    rate: 10/s', '    rate: 10/s\n    interval: 1s'), '11:5: QL_SCENARIO_CONFLICT\n  producers.web says both rate and interval.', 'either `rate: 100/s` or `interval: exponential(10ms)`'],
    ['neither rate nor interval', goodWith('    rate: 10/s\n', ''), '8:3: QL_SCENARIO_MISSING_KEY\n  producers.web does not say how often it sends.', '`rate: 100/s` or `interval: exponential(10ms)`'],
    ['a dead-letter queue of itself', goodWith('queue: orders-dead, max', 'queue: orders, max'), '5:26: QL_SCENARIO_DEAD_LETTER_CYCLE\n  Dead letters would go round: orders -> orders.', 'a dead-letter queue that does not lead back'],
    ['dead-letter queues in a ring', goodWith('orders-dead: {}', 'orders-dead: { deadLetter: { queue: orders } }'), '5:26: QL_SCENARIO_DEAD_LETTER_CYCLE\n  Dead letters would go round: orders -> orders-dead -> orders.', 'a dead-letter queue that does not lead back'],
    ['two machines of one name', goodWith('  web:\n', '  worker-2:\n'), '12:3: QL_SCENARIO_DUPLICATE_NAME\n  "worker-2" is already the name of a machine of producers.worker-2.', 'a name of its own'],
    ['a name with a space', goodWith('  web:\n', '  "my web":\n'), '8:3: QL_SCENARIO_BAD_NAME\n  "my web" cannot be a name.', 'at most 80 letters, digits, hyphens and underscores'],
    ['a name that JavaScript keeps for itself', goodWith('  web:\n', '  __proto__:\n'), '8:3: QL_SCENARIO_BAD_NAME\n  "__proto__" cannot be a name: it means something else to JavaScript.', 'another name'],
    ['another of those', goodWith('  web:\n', '  valueOf:\n'), '8:3: QL_SCENARIO_BAD_NAME\n  "valueOf" cannot be a name: it means something else to JavaScript.', 'another name'],
    ['a distribution that does not exist', goodWith('rate: 10/s', 'interval: exponental(20ms)'), '10:15: QL_SCENARIO_BAD_DISTRIBUTION\n  "exponental" is not a distribution. Did you mean "exponential"?', 'a duration in'],
  ])('%s', (_what, text, message, expected) => {
    const shown = mistakesOf(text);
    expect(shown).toContain(`demo.yaml:${message}`);
    if (expected !== '') expect(shown).toContain(`  Expected ${expected}`);
    expect(shown.match(/QL_SCENARIO_/g)).toHaveLength(1);
  });
});

describe('the mistakes of a file', () => {
  it('are shown all at once, in the order of the file', () => {
    const text = goodWith('30s', '30').replace('rate: 10/s', 'rat: 10/s').replace('target: worker-1', 'target: nobody');
    expect(errorOf(() => parse(text)).problems.map(({ code, place }) => [code, place?.source.position(place.span.start).line])).toEqual([
      ['QL_SCENARIO_BAD_UNIT', 4],
      ['QL_SCENARIO_MISSING_KEY', 8],
      ['QL_SCENARIO_UNKNOWN_KEY', 10],
      ['QL_SCENARIO_UNKNOWN_TARGET', 18],
    ]);
  });

  it('are counted beyond the twentieth', () => {
    const keys = Array.from({ length: 30 }, (_, index) => `wrong${index}: 1\n`).join('');
    const error = errorOf(() => parse(GOOD + keys));
    expect([error.problems.length, error.omitted]).toEqual([20, 10]);
    expect(error.message.endsWith('\n\n… and 10 more.')).toBe(true);
  });

  it('have the code of the first', () => {
    expect(errorOf(() => parse(goodWith('30s', '30'))).code).toBe('QL_SCENARIO_BAD_UNIT');
  });
});

describe('text that is hardly YAML', () => {
  it('empty', () => {
    expect(mistakesOf('')).toBe(`\
demo.yaml:1:1: QL_SCENARIO_EMPTY
  The file is empty.
    > 1 |
        | ^
  Expected a scenario: \`queuelab init NAME\` writes one to begin with.`);
  });

  it('nothing but comments', () => {
    expect(mistakesOf('# a scenario, some day\n')).toContain('QL_SCENARIO_EMPTY\n  The file holds no key: nothing but comments, or null.');
  });

  it('not a mapping', () => {
    expect(mistakesOf('- a\n- b\n')).toContain('demo.yaml:1:1: QL_SCENARIO_WRONG_TYPE\n  A list cannot stand here.');
    expect(mistakesOf('hello\n')).toContain('demo.yaml:1:1: QL_SCENARIO_WRONG_TYPE\n  A string cannot stand here.');
  });

  it('tab as indentation', () => {
    expect(mistakesOf('queues:\n\torders: {}\n')).toContain('demo.yaml:2:1: QL_SCENARIO_YAML\n  A tab cannot indent YAML.');
  });

  it('an open quote', () => {
    expect(mistakesOf('name: "demo\nqueues: {}\n')).toContain('QL_SCENARIO_YAML\n  Missing closing "quote.');
  });

  it('two documents', () => {
    expect(mistakesOf(`${GOOD}---\nname: other\n`)).toContain('demo.yaml:24:1: QL_SCENARIO_YAML\n  A second document begins here.');
  });

  it('an alias without its anchor', () => {
    expect(mistakesOf('name: demo\nqueues: *standard\n')).toContain('demo.yaml:2:9: QL_SCENARIO_YAML\n  There is no anchor "&standard" before this alias.');
  });

  it('a tag', () => {
    expect(mistakesOf('name: !js/function "x"\nqueues: {}\n')).toContain('demo.yaml:1:7: QL_SCENARIO_YAML\n  A scenario uses no tags.');
  });

  it('a YAML bomb', () => {
    const rows = ['a: &a [x,x,x,x,x,x,x,x,x]'];
    for (const [previous, next] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh', 'hi']) rows.push(`${next}: &${next} [${Array(9).fill(`*${previous}`).join(',')}]`);
    expect(mistakesOf(rows.join('\n'))).toContain('demo.yaml:2:8: QL_SCENARIO_ALIAS_LIMIT\n  Aliases stand for more than 1000 values, as in a YAML bomb.');
  });

  it('ten thousand brackets', () => {
    expect(mistakesOf(`name: ${'['.repeat(10_000)}`)).toContain('QL_SCENARIO_TOO_LARGE\n  Values are nested more than 30 deep.');
  });

  it('more values than a scenario can have', () => {
    expect(mistakesOf('a: 1\n'.repeat(26_000))).toContain('demo.yaml:25000:1: QL_SCENARIO_TOO_LARGE\n  The file has more than 50000 values: this is one too many.');
  });

  it('a dead-letter queue that is nowhere: none is proposed that would lead back', () => {
    const message = mistakesOf(goodWith('queue: orders-dead, max', 'queue: order, max'));
    expect(message).toMatch(/There is no queue "order"\.(?! Did you mean "orders"\?)/);
    expect(message).toContain('Expected one of orders-dead.');
  });

  it('keys that mean something to JavaScript', () => {
    const message = mistakesOf(`${GOOD}__proto__: { polluted: true }\nconstructor: 1\n`);
    expect(message).toContain('"__proto__" is not a key of a scenario.');
    expect(message).toContain('"constructor" is not a key of a scenario.');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('control characters', () => {
    expect(mistakesOf('name: "\\e[31mred"\nqueues: {}\n')).toContain('"\ufffd[31mred" cannot be a name.');
  });
});
