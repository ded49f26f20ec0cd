import * as z from 'zod';
import type { RunResult } from '../../run-result.js';

const micros = (description: string) => z.number().meta({ description: `${description} In microseconds.` });
const count = (description: string) => z.int().min(0).meta({ description });
const verdict = z.enum(['holds', 'violated', 'anomaly', 'not-exercised', 'inconclusive']);

const violation = z.object({
  atMicros: micros('Virtual time.'),
  message: count('Trace number of the message; 0 when it concerns none.'),
  queue: z.string().meta({ description: 'Queue concerned; empty for none.' }),
  text: z.string().meta({ description: 'The violation in words.' }),
});

const verdictResult = z.object({
  invariant: z.string().meta({ description: 'Id of the invariant.' }),
  promise: z.string().meta({ description: 'What it promises, in one sentence.' }),
  verdict,
  expected: verdict.nullable().meta({ description: 'What the scenario expects; null when it says nothing.' }),
  met: z.boolean().meta({ description: 'Whether the verdict is as expected; without an expectation, whether it is not a violation.' }),
  count: count('Violations, or breaches that the contract allows.'),
  exercised: count('How often the run put the promise to the test.'),
  contract: z.string().meta({ description: 'Why a breach is allowed or nothing can be concluded; empty otherwise.' }),
  terms: z.string().exactOptional().meta({ description: 'What the contract says of this promise: that it must hold and what excuses a breach in this configuration, or why it need not hold.' }),
  first: violation.nullable(),
  breaches: z.array(violation).exactOptional().meta({ description: 'The first of `count` in the order of time, twenty at most, `first` among them. Absent when there is none.' }),
});

const threshold = z.object({
  expression: z.string().meta({ examples: ['p99(endToEnd) < 50ms'] }),
  actual: z.string().meta({ examples: ['41.2ms'] }),
  met: z.boolean().meta({ description: 'False also when it is inconclusive.' }),
  interval: z.string().exactOptional().meta({ description: 'Judged with confidence: the interval in words, or why there is none.' }),
  isInconclusive: z.literal(true).exactOptional().meta({ description: 'Neither met nor missed: the interval holds the limit, or there is none.' }),
});

const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() });

const steadyState = z.object({
  level: z.number().meta({ description: 'Share of intervals made this way that hold the true value.' }),
  method: z.string().meta({ description: 'How the warm-up was found and the intervals were made.' }),
  measures: z.record(z.string(), z.object({
    state: z.enum(['settled', 'too-few', 'never-settled']),
    warmUpMicros: micros('Virtual time that is left out at the beginning.'),
    observations: count('Durations, or steps of the series, that the intervals rest on.'),
    groups: count('Groups whose means were compared.'),
    isCorrelated: z.boolean().meta({ description: 'Neighbouring groups were alike, and the intervals were made wider for it.' }),
    mean: estimate.nullable(),
    quantiles: z.record(z.string(), estimate.nullable()).meta({ description: 'Of durations; null for one beyond which there was too little.' }),
  })),
});

const faultSpec = z.object({
  at: micros('When it begins.'),
  fault: z.string(),
  target: z.union([z.string(), z.array(z.string())]),
  for: micros('How long it lasts.').exactOptional(),
  every: micros('Time between beginnings.').exactOptional(),
  times: count('How many times in all.').exactOptional(),
  until: micros('No beginning at or after this time.').exactOptional(),
}).catchall(z.union([z.number(), z.string(), z.array(z.string())]));

const latency = z.object({
  count: count('Durations measured.'),
  minMicros: micros('The shortest.'),
  meanMicros: micros('The mean.'),
  maxMicros: micros('The longest.'),
  p50Micros: micros('Half of them were at most this.'),
  p90Micros: micros('90 % were at most this.'),
  p95Micros: micros('95 % were at most this.'),
  p99Micros: micros('99 % were at most this.'),
  p999Micros: micros('99.9 % were at most this.'),
  quantiles: z.array(z.object({ quantile: z.number().min(0).max(1), micros: z.number() })),
  histogram: z.string().meta({ description: "HdrHistogram's compressed V2 encoding, base64." }),
});

const breakdown = z.object({
  count: count('Messages that were handled well.'),
  slowestCount: count('The slowest of them: at least one in a hundred.'),
  stages: z.array(z.object({ name: z.string(), meanMicros: micros('Mean over all of them.'), slowestMeanMicros: micros('Mean over the slowest.') })),
}).meta({ description: 'Where the end-to-end latency goes, in the order in which a message goes through the stages; the means add up to its mean.' });

const consumer = z.object({
  name: z.string(),
  delivered: count('Deliveries that reached it.'),
  handled: count('Handlings that ended well.'),
  failed: count('Handlings that failed.'),
  abandoned: count('Handlings that were abandoned.'),
  busyMicros: micros('Time of its handlers, added up.'),
});

const queue = z.object({
  name: z.string(),
  accepted: count('Copies stored.'),
  movedIn: count('Copies that came from another queue and were not stored anew, as dead letters of SQS do.').exactOptional(),
  leased: count('Leases granted.'),
  redelivered: count('Leases of copies that had been leased before.'),
  expired: count('Leases that ran out.'),
  acknowledged: count('Copies removed because they were acknowledged.'),
  deadLettered: count('Copies moved from here to a dead-letter queue.'),
  dropped: count('Copies that left without acknowledgement.'),
  backlogMean: z.number().nullable().meta({ description: 'Messages ready: the mean over time; null where it was not kept.' }),
  backlogMax: z.number().nullable().meta({ description: 'Messages ready: the highest at any instant; null where it was not kept.' }),
});

const duplicate = z.object({
  cause: z.string().meta({ description: 'retry, routed: another copy that a send had stored, in the same queue or in another; redriven, dead-lettered: another copy that was made of one, or one that was moved; expired, channel, released: its lease ran out, its channel ended, it was given back; recovered: a recovery read it from the journal; overlapping: it was handed out while a lease of it ran; gone: it had been removed; reappeared: it came back after that; channel-timed-out, consumer-timed-out: a delivery was not acknowledged in time, for which the broker closed its channel, or cancelled its consumer.' }),
  count: count('How often.'),
});

const refusal = z.object({
  code: z.string().meta({ description: 'Of the error, as its client hears it, such as 403 ACCESS_REFUSED or InvalidParameterValue.' }),
  closed: z.enum(['nothing', 'channel', 'connection']).meta({ description: 'What the broker closed because of it.' }),
  count: count('How often.'),
});

const group = z.object({
  queue: z.string(),
  name: z.string(),
  placed: count('Copies that took their place in the group.'),
  received: count('Copies that were received for the first time.'),
  acknowledged: count('Copies removed because they were acknowledged.'),
  waitMeanMicros: micros('Mean time from when a copy could be received but for its group until it was received for the first time.'),
  waitMaxMicros: micros('The longest of these times.'),
});

const repeat = z.object({
  number: count('1 for the first time; the last entry stands for all beyond it, too.'),
  count: count('How often.'),
  meanGapMicros: micros('Mean time since the time before; 0 for the first.'),
});

const resource = z.object({
  name: z.string().meta({ examples: ['broker cpu', 'broker disk', 'worker-1 handlers', 'shop → broker', 'orders.fifo group ada'] }),
  kind: z.enum(['cpu', 'disk', 'link', 'handlers', 'group']),
  servers: count('How many can be at work at the same time.'),
  busyMicros: micros('Time at work, added up.'),
  utilisation: z.number().meta({ description: 'Share of the time from the start until the drain began.' }),
  peak: z.number().meta({ description: 'Share of time in the busiest step.' }),
});

const heat = z.object({
  stepMicros: micros('Length of a column.'),
  boundsMicros: z.array(z.number()).meta({ description: 'Row i holds durations from entry i (included) to entry i + 1.' }),
  counts: z.array(z.array(z.number())).meta({ description: 'One list a column, one count a row.' }),
});

const series = z.object({
  stepMicros: micros('Length of a step.'),
  atMicros: z.array(z.number()).meta({ description: 'Start of each step.' }),
  values: z.record(z.string(), z.array(z.number())).meta({ description: 'One number per step and name.' }),
  heat: z.record(z.string(), heat).exactOptional().meta({ description: 'How many took how long in each step.' }),
});

const run = z.object({
  virtualMicros: micros('Virtual time at the end.'),
  drainBeganMicros: micros('Virtual time at which producers stopped and faults were healed.'),
  dead: z.array(z.string()).exactOptional().meta({ description: 'Machines that stayed dead for good when faults stopped (heal: core). Absent: none.' }),
  drained: z.boolean().meta({ description: 'Whether the queues emptied in time.' }),
  stuck: z.array(z.string()).meta({ description: 'What was still there otherwise, in words.' }),
  events: count('Events of the history.'),
  limit: z.string().nullable().meta({ description: 'The limit that ended the run early, if one did.' }),
});

const operators = z.object({
  alerts: z.array(z.object({
    atMicros: micros('Virtual time.'),
    operator: z.string(),
    queue: z.string(),
    depth: count('Messages ready in the queue.'),
  })).meta({ description: 'Queues that held as many messages as they must not.' }),
  actions: z.array(z.object({
    atMicros: micros('Virtual time.'),
    operator: z.string(),
    action: z.enum(['redrive', 'purge', 'configure', 'setPolicy', 'clearPolicy', 'cancelRedrive']),
    queue: z.string(),
    outcome: z.string().meta({ description: 'ok, the code of the error that refused it, unknown when no answer came, unanswered when the run ended before.' }),
  })),
});

const storyStep = z.object({
  atMicros: micros('Virtual time.'),
  event: z.string(),
  actor: z.string(),
  text: z.string().meta({ description: 'One sentence without its subject, the actor.' }),
  rule: z.string().exactOptional().meta({ description: 'The setting or rule by which it happened.' }),
  peer: z.string().exactOptional().meta({ description: 'The other party.' }),
  queue: z.string().exactOptional(),
  copy: z.number().exactOptional().meta({ description: 'The stored copy.' }),
  lease: z.number().exactOptional().meta({ description: "The message's how-manieth lease it is about." }),
});

const name = z.number().meta({ description: 'Number of a name.' });

const history = z.object({
  schema: z.literal('queuelab/history/1'),
  events: z.array(z.string()).meta({ description: 'Names of the kinds of events, by number.' }),
  names: z.array(z.string()).meta({ description: 'Names of machines, queues and faults, by number; the first is no name.' }),
  runEvents: count('Events of the whole run.'),
  count: count('Events that are here.'),
  firstIndex: count('Where in the run the first of them stands.'),
  fromMicros: micros('When the first happened.'),
  toMicros: micros('When the last happened.'),
  start: z.object({
    work: z.array(z.object({ consumer: name, message: z.number(), handle: z.number(), sinceMicros: z.number() })),
    faults: z.array(z.object({ index: z.number(), kind: name, actor: name, peer: name, sinceMicros: z.number() })),
    down: z.array(name),
    acknowledged: z.number(),
    effects: z.number(),
  }).meta({ description: 'What stood where before the first event.' }),
  copyCount: count('Copies that lay in queues before the first event.'),
  copies: z.string().meta({ description: 'Those copies: columns of differences, deflated, base64.' }),
  rows: z.string().meta({ description: 'The events in the same way.' }),
});

/** What a run leaves behind, as JSON. Fields are added in later versions, so others than these are allowed. */
export const runResultSchema = z.object({
  schema: z.literal('queuelab/run-result/1'),
  version: z.string().meta({ description: 'Version of queuelab.' }),
  scenario: z.object({
    name: z.string(),
    description: z.string(),
    file: z.string(),
    sha256: z.string().regex(/^([0-9a-f]{64})?$/).meta({ description: "Of the file's bytes; empty for a scenario that is no file." }),
    text: z.string().exactOptional().meta({ description: 'The scenario as YAML with its overrides, unless it is long: what a replay on another machine needs.' }),
    traces: z.record(z.string(), z.string()).exactOptional().meta({ description: 'The values of the trace files that the text names, by their names.' }),
    overrides: z.array(z.string()).exactOptional().meta({ description: 'The settings that --set changed.' }),
  }),
  seed: z.string(),
  fingerprint: z.string().regex(/^[0-9a-f]{32}$/).meta({ description: 'Over every event: the same run has the same, on every machine.' }),
  outcome: z.enum(['held', 'broken', 'inconclusive']),
  verdicts: z.array(verdictResult).meta({ description: 'Of the promises that concern the run, and of those of which the scenario expects something.' }),
  thresholds: z.array(threshold),
  schedule: z.array(faultSpec).meta({ description: 'The faults as they were carried out.' }),
  crashPoints: z.array(faultSpec).exactOptional().meta({ description: 'Crashes between two steps of a program, as they struck. They belong to the clients and not to the schedule. Absent in a run without.' }),
  operators: operators.exactOptional().meta({ description: 'What operators saw and did. Absent in a run without.' }),
  measures: z.object({
    counts: z.record(z.string(), z.number()),
    rates: z.record(z.string(), z.number()).meta({ description: 'Per second of virtual time.' }),
    latencies: z.record(z.string(), latency),
    gauges: z.record(z.string(), z.object({ mean: z.number(), max: z.number() }))
      .meta({ description: 'Levels, such as the backlog: the mean over time and the highest at any instant.' }),
    breakdown: breakdown.exactOptional(),
    consumers: z.array(consumer).exactOptional().meta({ description: 'What each consumer did.' }),
    queues: z.array(queue).exactOptional().meta({ description: 'What became of the messages of each queue.' }),
    duplicates: z.array(duplicate).exactOptional().meta({ description: 'Deliveries of messages that had been delivered before, by what brought them again, the most frequent first.' }),
    refusals: z.array(refusal).exactOptional().meta({ description: 'What brokers refused, the most frequent first. Absent where there was nothing.' }),
    groups: z.array(group).exactOptional().meta({ description: 'What became of the messages of each message group in each queue, of the first 1000 of them.' }),
    deliveries: z.array(repeat).exactOptional().meta({ description: 'Deliveries of stored copies: the first, the second and so on.' }),
    attempts: z.array(repeat).exactOptional().meta({ description: 'Attempts of producers to send a message.' }),
    steadyState: steadyState.exactOptional().meta({ description: 'How far means, quantiles and rates may be trusted as those of a system that has settled.' }),
    deduplication: z.object({
      lookups: count('Ids that were looked up.'),
      found: count('Those that were found: their effects were not repeated.'),
      remembered: count('Ids that are remembered at the end.'),
      busyMicros: micros('Time that looking up and noting took.'),
    }).exactOptional().meta({ description: 'What the store behind the handlers did to have each effect once. Absent where no handler asks it to.' }),
    resources: z.array(resource).exactOptional().meta({ description: 'What machines and links were busy with, and the busiest message groups of FIFO queues, which are taken while a message of theirs is leased: the busiest first.' }),
  }),
  series,
  story: z.array(storyStep)
    .meta({ description: "Life story of the first violation's message; empty without a violation." }),
  stories: z.array(z.object({ message: z.int().min(1).meta({ description: 'Its trace number.' }), steps: z.array(storyStep) })).exactOptional()
    .meta({ description: 'Life stories of the other messages of which a promise was first broken that was to be kept; of many the first. Absent: none.' }),
  settings: z.array(z.object({ path: z.string(), value: z.string(), isDefault: z.boolean() })),
  run,
  mutants: z.array(z.string()).exactOptional()
    .meta({ description: 'Deliberate bugs that were switched on; absent in a run without. With one, the run says nothing of the real engine.' }),
  theory: z.object({
    model: z.string().meta({ description: 'As Kendall writes it.', examples: ['M/M/1'] }),
    utilisation: z.number().meta({ description: 'Share of the servers that is busy; from 1 on there is no steady state.' }),
    figures: z.array(z.object({ measure: z.string(), aggregate: z.string(), value: z.number() })).meta({ description: "In the measure's own unit." }),
  }).exactOptional().meta({ description: 'What queueing theory says of a scenario that is one of its queues; absent for any other.' }),
  replay: z.string().meta({ description: 'The command that runs exactly this again.' }),
  expectedAt: z.array(z.object({
    what: z.string().meta({ description: 'The id of an invariant, or the expression of a threshold.' }),
    line: z.int().min(1),
    column: z.int().min(1),
  })).exactOptional().meta({ description: "Where the scenario's file says what is expected." }),
  history: history.exactOptional().meta({ description: 'Events of the run, for reports that can be stepped through; kept with --trace.' }),
  digest: z.string().regex(/^[0-9a-f]{64}$/).exactOptional().meta({ description: 'SHA-256 of this result as JSON without this field.' }),
});

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
type Plain<T> = T extends readonly (infer Item)[] ? Plain<Item>[] : T extends object ? { -readonly [Key in keyof T]: Plain<T[Key]> } : T;
type Described = Omit<z.output<typeof runResultSchema>, 'schedule' | 'crashPoints'>;

/** Does not compile when the schema and the type part ways. A fault's parameters are open, which the two say differently. */
export const schemaMatchesType: Same<Plain<Described>, Plain<Omit<RunResult, 'schedule' | 'crashPoints'>>> = true;
