import { FAULTS, type FaultSpec } from '../../sim/index.js';
import { formatDuration, type RunResult, type Scenario, type StoryStep } from '../../scenarios/index.js';

/** `who`: the machines. `lasting`: ` for 5s`, or nothing. */
type Words = (who: string, lasting: string, fault: FaultSpec) => string;

/** What each kind does; what is not listed says what the catalogue says. */
const DOES: Readonly<Record<string, Words>> = {
  'crash': (who, lasting) => `${who} is killed${lasting}: its memory and its connections are gone`,
  'power-loss': (who, lasting) => `${who} is without power${lasting}: what was not synced may be lost`,
  'pause': (who, lasting) => `${who} stands still${lasting}`,
  'slow-down': (who, lasting) => `${who} works more slowly${lasting}`,
  'disk-replace': (who, lasting) => `${who} gets a new, empty disk${lasting}`,
  'disk-slow': (who, lasting) => `the disk of ${who} is slow${lasting}`,
  'disk-stall': (who, lasting) => `the disk of ${who} answers nothing${lasting}`,
  'disk-full': (who, lasting) => `the disk of ${who} is full${lasting}`,
  'disk-error': (who, lasting) => `the disk of ${who} reports errors${lasting}`,
  'fsync-failure': (who, lasting) => `syncs of ${who} fail${lasting}, and what they should have kept is dropped`,
  'clock-jump': (who, lasting) => `the wall clock of ${who} jumps${lasting}`,
  'clock-drift': (who, lasting) => `the clock of ${who} runs at a wrong rate${lasting}`,
  'network-partition': (who, lasting, fault) => `${who} and ${peersOf(fault)} do not hear each other${lasting}`,
  'network-partition-one-way': (who, lasting, fault) => `what ${who} sends to ${peersOf(fault)} does not arrive${lasting}`,
  'service-error': (who, lasting) => `requests to ${who} are answered with errors${lasting}`,
  'connection-reset': (who) => `the connections of ${who} are reset`,
};

/** A sentence for each fault of a scenario: what it does, and what came of it for the message of the failure. */
export function faultSentences({ faults }: Scenario, { story }: RunResult): string[] {
  return faults.map((fault) => `${capital(deed(fault))}.${consequence(fault, story)}`);
}

/** What a fault does, without a full stop. */
export function deed(fault: FaultSpec): string {
  const who = joined(fault.target);
  const lasting = fault.for === undefined ? '' : ` for ${formatDuration(fault.for)}`;
  const words = DOES[fault.fault];
  return words === undefined ? `${fault.fault} of ${who}${lasting}: ${(FAULTS.get(fault.fault)?.doc ?? '').replace(/\.$/, '')}` : words(who, lasting, fault);
}

const joined = (machines: string | readonly string[]): string => (typeof machines === 'string' ? machines : machines.join(' and '));

const peersOf = ({ peers }: FaultSpec): string => (peers === undefined ? 'all others' : joined(peers as string | readonly string[]));

const CIRCUMSTANCES: ReadonlySet<string> = new Set(['fault-begin', 'fault-end', 'node-stop', 'node-start', 'recover-begin', 'drain-begin']);

/** What the story tells next that is no mere circumstance. */
function consequence({ at, for: lasting = 0, target }: FaultSpec, story: readonly StoryStep[]): string {
  const machines = typeof target === 'string' ? target : target.join('+');
  const struck = story.findIndex(({ event, atMicros, actor }) => event === 'fault-begin' && atMicros === at && actor === machines);
  const next = struck === -1 ? undefined : story.slice(struck + 1).find(({ event }) => !CIRCUMSTANCES.has(event));
  if (next === undefined) return '';
  return ` ${next.atMicros < at + lasting ? 'Meanwhile' : 'After that'}, ${next.actor} ${next.text}.`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
