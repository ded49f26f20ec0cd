import { describe } from 'vitest';
import type { Host } from '../../engine/index.js';
import { clockRules } from './clock-rules.js';
import { diskFileRules } from './disk-file-rules.js';
import { diskFolderRules } from './disk-folder-rules.js';
import { networkRules } from './network-rules.js';
import { processRules } from './process-rules.js';
import { timerRules } from './timer-rules.js';

/** A machine with a process on it that can end and start again. */
export interface HostedNode {
  /** Where the other node reaches it. */
  readonly address: string;
  /** The host of the present incarnation. */
  readonly host: Host;
  /** Ends the process as a kill would; what it wrote stays in the page cache. */
  end(): void;
  /** Starts the next incarnation on the same disk; `host` is another one then. */
  restart(): void;
}

/** Two nodes on one network, fresh for each test, with empty disks. */
export interface HostFixture {
  readonly one: HostedNode;
  readonly two: HostedNode;
  /** Lets time pass until `done` is true, stepping virtual time or waiting in real time; rejects when it never is. */
  until(done: () => boolean): Promise<void>;
  /** Lets at least so much of both machines' time pass, and runs what falls due. */
  elapse(micros: number): Promise<void>;
  dispose(): Promise<void>;
}

export type CreateFixture = () => Promise<HostFixture>;

/**
 * The rules of `engine/host.ts`, as tests that any host must pass. They know nothing of how time passes: a simulated host is
 * stepped and a live one is awaited.
 */
export function hostConformance(name: string, create: CreateFixture): void {
  describe(`${name} keeps the rules of a host`, () => {
    describe('clock and randomness', () => clockRules(create));
    describe('timers', () => timerRules(create));
    describe('files', () => diskFileRules(create));
    describe('folders', () => diskFolderRules(create));
    describe('network', () => networkRules(create));
    describe('end of a process', () => processRules(create));
  });
}
