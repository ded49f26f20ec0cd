import * as z from 'zod';
import { runResultSchema } from '../../scenarios/index.js';
import type { CheckResult } from './check-result.js';

const count = (description: string) => z.int().min(0).meta({ description });
const names = (description: string) => z.array(z.string()).meta({ description });
const verdict = z.enum(['holds', 'violated', 'anomaly', 'not-exercised', 'inconclusive']);
const place = z.object({ line: z.int().min(1), column: z.int().min(1) }).nullable().meta({ description: "Where the scenario's file says so." });
const shard = z.object({ index: z.int().min(1), of: z.int().min(1) });

const promise = z.object({
  invariant: z.string().meta({ description: 'Id of the invariant.' }),
  promise: z.string().meta({ description: 'What it promises, in one sentence.' }),
  expected: verdict.nullable().meta({ description: 'What the scenario expects; null when it says nothing.' }),
  place,
  holds: count('Runs in which it was put to the test and kept.'),
  violated: count('Runs in which it was broken and its contract does not allow that.'),
  anomaly: count('Runs in which it was broken only as its contract allows.'),
  notExercised: count('Runs in which nothing could have broken it.'),
  inconclusive: count('Runs that could not decide it.'),
  unmet: count('Runs in which it did not come out as expected, inconclusive ones aside.'),
});

const threshold = z.object({ expression: z.string(), place, met: count('Runs that met it.'), missed: count('Runs that missed it.'), inconclusive: count('Runs that could not decide it; absent for none.').exactOptional() });

const run = z.object({
  seed: z.string(),
  fingerprint: z.string().regex(/^[0-9a-f]{32}$/),
  outcome: z.enum(['held', 'broken', 'inconclusive']),
  violated: names('Promises that were violated. Those that hold are not named.'),
  anomalies: names('Promises that were broken as their contract allows.'),
  notExercised: names('Promises that nothing could have broken.'),
  inconclusive: names('Promises that the run could not decide.'),
  unmet: names('Promises that did not come out as expected.'),
  missed: z.array(z.object({ expression: z.string(), actual: z.string() })).meta({ description: 'Thresholds that were missed.' }),
  undecided: names('Thresholds that were neither met nor missed with the confidence asked for; absent for none.').exactOptional(),
  events: count('Events of the history.'),
  virtualMicros: z.number().meta({ description: 'Virtual time at the end. In microseconds.' }),
  limit: z.string().nullable().meta({ description: 'The limit that ended the run early, if one did.' }),
  history: z.string().nullable().meta({ description: 'File with every event, if it was kept: a path from where the command was called; in check.json, one from the folder of check.json.' }),
});

const smallest = z.object({
  invariant: z.string().meta({ description: 'The promise that it breaks.' }),
  file: z.string().nullable().meta({ description: 'Its scenario; null when it was not written.' }),
  replay: z.string().meta({ description: 'The command that runs it.' }),
  faults: count('Faults that are left.'),
  messages: count('Messages that are left.'),
}).meta({ description: 'The smallest scenario found that fails in the same way; absent when the failure was left as it is. Those of other promises that the run breaks are in smallestOfOthers.' });

const scenario = z.object({
  scenario: z.object({ name: z.string(), description: z.string(), file: z.string(), sha256: z.string(), overrides: z.array(z.string()) }),
  promises: z.array(promise),
  thresholds: z.array(threshold),
  runs: z.array(run),
  failures: z.array(z.object({ causes: names('What failed here first.'), result: runResultSchema, smallest: smallest.exactOptional(), smallestOfOthers: z.array(smallest).exactOptional() }))
    .meta({ description: 'For each way of failing the first run that failed so, whole.' }),
});

const fault = z.object({
  kind: z.enum(['threw', 'out-of-memory', 'worker-died', 'did-not-end']),
  file: z.string(),
  seed: z.string(),
  message: z.string(),
  stack: z.string(),
  replay: z.string().meta({ description: 'The command that does this run again.' }),
});

/** What a check leaves behind, as JSON. Fields are added in later versions, so others than these are allowed. */
export const checkResultSchema = z.object({
  schema: z.literal('queuelab/check-result/1'),
  version: z.string().meta({ description: 'Version of queuelab.' }),
  parts: z.array(z.object({
    seeds: z.string().meta({ description: 'The seeds that were asked for.', examples: ['1..200'] }),
    shard: shard.nullable(),
    planned: count('Runs that were to be done; null for a check without an end.').nullable(),
    done: count('Runs that were done.'),
    end: z.enum(['complete', 'bail', 'time', 'interrupted']),
    mutants: names('Deliberate bugs that were switched on; absent in a real check.').exactOptional(),
  })).meta({ description: 'One, or those that were merged.' }),
  scenarios: z.array(scenario),
  neverExercised: names('Promises that no run of any scenario put to the test.'),
  neverJudged: names('Promises that runs put to the test and of which no run could say whether they hold.').exactOptional(),
  strict: z.boolean().meta({ description: 'Whether a promise that was never put to the test fails the check.' }),
  faults: z.array(fault).meta({ description: 'Runs that gave no result: by a fault of queuelab, or because they did not end in time.' }),
  missingShards: names('Shards that are missing among those that were merged.'),
  answer: z.enum(['fault', 'broken', 'untested', 'slow', 'inconclusive', 'held']),
});

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
type Plain<T> = T extends readonly (infer Item)[] ? Plain<Item>[] : T extends object ? { -readonly [Key in keyof T]: Plain<T[Key]> } : T;
/** The schema of a run's result is held to its type where it is written. */
type WithoutFailures<T extends { scenarios: unknown[] }> = Omit<T, 'scenarios'> & { scenarios: Omit<T['scenarios'][number] & object, 'failures'>[] };

/** Does not compile when the schema and the type part ways. */
export const schemaMatchesType: Same<WithoutFailures<Plain<z.output<typeof checkResultSchema>>>, WithoutFailures<Plain<CheckResult>>> = true;

/** JSON Schema of the result of a check; that of a run lies beside it and is referred to. */
export function checkResultJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(checkResultSchema, { io: 'input', target: 'draft-7', unrepresentable: 'any', override: referToRuns });
  return { $schema, title: 'queuelab check result', description: 'What many seeds of some scenarios came to.', ...schema };
}

function referToRuns({ zodSchema, jsonSchema }: { readonly zodSchema: z.core.$ZodType; readonly jsonSchema: Record<string, unknown> }): void {
  if (zodSchema !== runResultSchema) return;
  for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key);
  jsonSchema['$ref'] = 'run-result.schema.json';
}
