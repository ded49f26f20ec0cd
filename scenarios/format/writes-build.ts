import type { CrashPoint } from '../../sim/index.js';
import type { ConsumerSpec, HandlerSpec, ProducerSpec } from '../model.js';
import type { ParsedConsumer, ParsedProducer } from './schema/scenario-schema.js';

/** What programs store beside what they send and receive, and where they are killed: from the file to the model, and back. */
export function buildWrites({ write, outboxPoll, outboxBatch, crashes }: ParsedProducer): Pick<ProducerSpec, 'write' | 'crashes'> {
  const points = { crashes: crashes.map(buildCrash) };
  if (write === 'message') return { write: null, ...points };
  return { write: write === 'outbox' ? { kind: write, pollMicros: outboxPoll, batchSize: outboxBatch } : { kind: write }, ...points };
}

export const buildCrashes = ({ crashes }: ParsedConsumer): Pick<ConsumerSpec, 'crashes'> => ({ crashes: crashes.map(buildCrash) });

const buildCrash = <Step extends string>({ after, nth, for: forMicros }: { readonly after: Step; readonly nth: number; readonly for: number }): CrashPoint<Step> => ({ after, nth, forMicros });

/** What a transaction of an outbox polls when there is none. */
const NO_OUTBOX = { outboxPoll: 100_000, outboxBatch: 10 };

export function unbuildWrites({ write = null, crashes = [] }: ProducerSpec): Pick<ParsedProducer, 'write' | 'outboxPoll' | 'outboxBatch' | 'crashes'> {
  const points = { crashes: crashes.map(unbuildCrash) };
  if (write?.kind === 'outbox') return { write: 'outbox', outboxPoll: write.pollMicros, outboxBatch: write.batchSize, ...points };
  return { write: write?.kind ?? 'message', ...NO_OUTBOX, ...points };
}

export const unbuildCrashes = ({ crashes = [] }: ConsumerSpec): Pick<ParsedConsumer, 'crashes'> => ({ crashes: crashes.map(unbuildCrash) });

const unbuildCrash = <Step extends string>({ after, nth, forMicros }: CrashPoint<Step>): { after: Step; nth: number; for: number } => ({ after, nth, for: forMicros });

const USUAL_NOTE_MICROS = 1_000;

/** Handlers whose store notes ids. */
const notes = ({ kind }: Pick<HandlerSpec, 'kind'>): boolean => kind === 'idempotent' || kind === 'inbox';

export const buildHandler = ({ noteTime, ...handler }: ParsedConsumer['handler']): HandlerSpec => ({ ...handler, ...(notes(handler) ? { noteMicros: noteTime } : {}) });

export const unbuildHandler = ({ noteMicros = 0, ...handler }: HandlerSpec): ParsedConsumer['handler'] => ({
  ...handler, memory: handler.memory ?? null, keys: handler.keys ?? null, transaction: handler.transaction ?? 'together',
  // Of a handler that notes nothing the format takes the default alone.
  noteTime: notes(handler) ? noteMicros : USUAL_NOTE_MICROS,
});
