import { createHash } from 'node:crypto';
import * as z from 'zod';
import { packEvents, unpackEvents } from './packed-events.js';
import type { RecordedEvents } from './trail.js';

const FORM = 'queuelab/reproduction/';
export const REPRODUCTION_SCHEMA = `${FORM}2`;
const OLDER_SCHEMA = `${FORM}1`;

const run = {
  version: z.string().meta({ description: 'Version of queuelab that recorded it.' }),
  source: z.string().meta({ description: 'The scenario as YAML.' }),
  traces: z.record(z.string(), z.string()).default({}).meta({ description: 'The values of the trace files that the scenario names, by their names.' }),
  seed: z.string(),
  mutants: z.array(z.string()),
  fingerprint: z.string().regex(/^[0-9a-f]{32}$/),
};

const recordingSchema = z.object({
  schema: z.literal(REPRODUCTION_SCHEMA),
  ...run,
  events: z.base64(),
  marks: z.base64(),
  count: z.int().min(0),
  digest: z.string().exactOptional().meta({ description: 'SHA-256 of all the rest as JSON.' }),
});

const row = z.object({ index: z.number(), timeMicros: z.number(), event: z.string() }).catchall(z.union([z.string(), z.number()]));
/** What builds of 0.1.0 before this form wrote: the first events and no more. */
const olderSchema = z.object({ schema: z.literal(OLDER_SCHEMA), ...run, events: z.array(row) });
const OLDER_MAX_EVENTS = 5_000;

/** A run that can be made again anywhere, and compared event by event. */
export interface Reproduction extends Omit<z.output<typeof recordingSchema>, 'schema' | 'events' | 'marks' | 'count' | 'digest'> {
  readonly events: RecordedEvents;
}

/** A recorded run as a file: plain JSON. */
export function recordingJson({ version, source, traces, seed, mutants, fingerprint, events }: Reproduction): string {
  const content = { schema: REPRODUCTION_SCHEMA, version, source, traces, seed, mutants, fingerprint, ...packEvents(events) };
  return JSON.stringify({ ...content, digest: digestOf(content) });
}

export const isRecording = (content: unknown): boolean => formOf(content)?.startsWith(FORM) === true;

const formOf = (content: unknown): string | null => {
  const form = (content as { readonly schema?: unknown } | null)?.schema;
  return typeof form === 'string' ? form : null;
};

/** The run that the content of a file holds, or why it holds none, as the end of a sentence. */
export function readRecording(content: unknown): Reproduction | string {
  const form = formOf(content);
  if (form === OLDER_SCHEMA) return readOlder(content);
  if (form !== REPRODUCTION_SCHEMA) return `a later version of queuelab wrote it (${String(form)})`;
  const read = recordingSchema.safeParse(content);
  if (!read.success) return damagedAt(read.error);
  const { digest, schema: _schema, events: packed, marks, count, ...rest } = read.data;
  if (digest !== undefined && digest !== digestOf(content as object)) {
    return 'it was changed after queuelab wrote it: its content does not match its digest. Record the run again, or take the field "digest" out to use it all the same';
  }
  const events = unpackEvents({ events: packed, marks, count });
  return events === null ? 'it is damaged (events)' : { ...rest, events };
}

function readOlder(content: unknown): Reproduction | string {
  const read = olderSchema.safeParse(content);
  if (!read.success) return damagedAt(read.error);
  const { schema: _schema, events, ...rest } = read.data;
  const count = events.length < OLDER_MAX_EVENTS ? events.length : null;
  return { ...rest, events: { lines: events.map((event) => JSON.stringify(event)), marks: new Uint32Array(), count } };
}

const damagedAt = ({ issues: [first] }: z.ZodError): string => `it is damaged (${first?.path.map(String).join('.') ?? ''})`;

function digestOf(content: object): string {
  const { digest: _, ...rest } = content as { readonly digest?: unknown };
  return createHash('sha256').update(JSON.stringify(rest)).digest('hex');
}
