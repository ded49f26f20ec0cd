import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';
import type { Traces } from '../../scenarios/index.js';

/** What a token carries: enough to make the run again anywhere. */
export interface TokenContent {
  /** The scenario as YAML, with its seed. */
  readonly source: string;
  /** The values of the trace files that it names. Default none. */
  readonly traces?: Traces;
  readonly mutants: readonly string[];
  readonly fingerprint: string;
  /** Of queuelab. */
  readonly version: string;
}

const FORM = 1;
const PREFIX = /^ql(\d+)\./;
const CHECKSUM_LENGTH = 8;
/** Bytes that a token may unfold to. */
const MAX_BYTES = 1024 * 1024;

/** Thrown for a token that is damaged, or that a later version of queuelab wrote. */
export class TokenError extends Error {
  readonly code = 'QL_REPLAY_TOKEN';
  constructor(reason: string) {
    super(`The token cannot be replayed: ${reason}.`);
    this.name = 'TokenError';
  }
}

const content = z.object({ s: z.string(), t: z.record(z.string(), z.string()).default({}), m: z.array(z.string()), f: z.string(), v: z.string() });

/** A text that fits in a URL: `ql1.`, a checksum, and the compressed content. */
export function encodeToken({ source, traces = {}, mutants, fingerprint, version }: TokenContent): string {
  const values = Object.keys(traces).length === 0 ? {} : { t: traces };
  const body = deflateRawSync(JSON.stringify({ s: withoutComments(source), ...values, m: mutants, f: fingerprint, v: version }), { level: 9 }).toString('base64url');
  return `ql${FORM}.${checksum(body)}${body}`;
}

/** Characters of a token that carries traces: it has to fit in a URL. */
const MAX_WITH_TRACES = 8_000;

/** A token, and the trace files that were too much for it: where it is replayed they must be there. */
export function tokenOf(run: TokenContent): { readonly token: string; readonly needs: readonly string[] } {
  const token = encodeToken(run);
  const files = Object.keys(run.traces ?? {});
  if (files.length === 0 || token.length <= MAX_WITH_TRACES) return { token, needs: [] };
  return { token: encodeToken({ ...run, traces: {} }), needs: files };
}

/** Comments are for the readers of a file. A line that begins with `#` inside of a description is kept: it is indented as text. */
const withoutComments = (source: string): string => source.split('\n').filter((line) => !/^\s*#/.test(line) && line !== '').join('\n');

export const isToken = (text: string): boolean => PREFIX.test(text.trim());

/** @throws TokenError */
export function decodeToken(text: string): TokenContent {
  // Mails and terminals fold long lines.
  const token = text.replaceAll(/\s+/g, '');
  const form = Number(PREFIX.exec(token)?.[1]);
  if (form > FORM) throw new TokenError(`a later version of queuelab wrote it (form ${form}; this version reads form ${FORM})`);
  const packed = token.replace(PREFIX, '');
  const body = packed.slice(CHECKSUM_LENGTH);
  if (packed.slice(0, CHECKSUM_LENGTH) !== checksum(body)) throw new TokenError('it is damaged or cut off; copy it as a whole');
  const read = content.safeParse(unfold(body));
  if (!read.success) throw new TokenError('it holds no run');
  return { source: read.data.s, traces: read.data.t, mutants: read.data.m, fingerprint: read.data.f, version: read.data.v };
}

/** A checksum says that the token came whole, not that queuelab wrote it. */
function unfold(body: string): unknown {
  try {
    return JSON.parse(inflateRawSync(Buffer.from(body, 'base64url'), { maxOutputLength: MAX_BYTES }).toString('utf8'));
  } catch (error) {
    const isTooBig = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new TokenError(isTooBig ? `it unfolds to more than ${MAX_BYTES} bytes` : 'it holds no run');
  }
}

const checksum = (body: string): string => createHash('sha256').update(body).digest('hex').slice(0, CHECKSUM_LENGTH);
