import { createHash } from 'node:crypto';
import type { Scenario } from '../../scenarios/index.js';

/** Thrown for a `--shard` that cannot be. */
export class ShardError extends Error {
  readonly code = 'QL_CHECK_SHARD';
  constructor(text: string, reason: string) {
    super(`--shard ${text}: ${reason}`);
    this.name = 'ShardError';
  }
}

/** One of so many parts of a check, from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** Parts that a check may be cut into. */
const MAX_SHARDS = 10_000;

/**
 * Reads `1/4`.
 *
 * @throws ShardError
 */
export function parseShard(text: string): Shard {
  const match = /^(\d{1,6})\/(\d{1,6})$/.exec(text);
  if (match === null) throw new ShardError(text, 'write which part of how many, such as 1/4.');
  const index = Number(match[1]);
  const of = Number(match[2]);
  if (of < 1 || of > MAX_SHARDS) throw new ShardError(text, `there may be 1 to ${MAX_SHARDS} parts.`);
  if (index < 1 || index > of) throw new ShardError(text, `the parts are numbered from 1 to ${of}, so there is no part ${index}.`);
  return { index, of };
}

/** Decides which runs belong to a shard: by scenario and seed alone, so that other files and seeds move nothing. */
export function shardOf(scenario: Scenario, seed: string, of: number): number {
  const { name, sha256, overrides } = scenario;
  const digest = createHash('sha256').update(JSON.stringify([name, sha256, overrides, seed])).digest();
  return Math.floor((digest.readUInt32BE(0) / 2 ** 32) * of) + 1;
}
