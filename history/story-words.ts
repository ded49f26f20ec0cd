import { Closed, LetterFate, LostBy } from './channel-codes.js';
import { codeWord } from './code-words.js';
import type { RawRow } from './event-row.js';
import { EventKind, EVENTS, HandleResult, HandleState, LocalWrite, MoveReason, type NameId, NO_DEADLINE_MICROS } from './events.js';
import { formatMicros } from './format-micros.js';
import { blockWords, dropWords, guardWords, moveWords, operationWords, outcomeWords, stopWords } from './story-codes.js';
import { leaseEndCause, machineCause, repeatedDeliveryCause, repeatedEffectCause, silenceCause } from './story-causes.js';
import type { StoryState } from './story-state.js';

/** What the words of a step are chosen from: the row, and all that happened up to it. */
export interface StoryScene {
  readonly message: number;
  readonly state: StoryState;
  readonly nameOf: (id: NameId) => string;
}

type Phrase = (row: RawRow, scene: StoryScene) => string;

const told: Phrase = (row, scene) => `${EVENTS[row.kind].name} of message ${scene.message}`;

/** One sentence for each kind of event; the actor stands before it. Total: a kind without words does not compile. */
const phrases: Readonly<Record<EventKind, Phrase>> = {
  [EventKind.sendInvoke]: (row, scene) => {
    const late = row.timeMicros - row.a;
    const due = late > 0 ? `, ${formatMicros(late)} after it was due` : '';
    return `starts to send message ${scene.message} to ${scene.nameOf(row.dest)} (${row.c} bytes)${due}`;
  },
  [EventKind.sendAttempt]: (row, scene) =>
    row.a > 1 ? `sends message ${scene.message} once more: attempt ${row.a}` : `sends message ${scene.message}: attempt 1`,
  [EventKind.sendOk]: (row, scene) => `learns that message ${scene.message} is accepted (attempt ${row.a})`,
  [EventKind.sendFail]: (row, scene) => `gives up on message ${scene.message}: it was not accepted: ${outcomeWords(row.a)}`,
  [EventKind.sendInfo]: (row, scene) =>
    `cannot know whether message ${scene.message} was accepted: ${outcomeWords(row.a)}${silenceCause(row, scene)}`,
  [EventKind.deliver]: (row, scene) => {
    const again = scene.state.deliveries > 1 ? ` again, its delivery number ${scene.state.deliveries}${repeatedDeliveryCause(row, scene)}` : '';
    return `receives message ${scene.message} under ${leaseName(row.a, scene)}${again}`;
  },
  [EventKind.handleStart]: (_row, scene) => `starts to process message ${scene.message}`,
  [EventKind.handleEnd]: (row, scene) => handleEndWords(row, scene),
  [EventKind.effect]: (row, scene) => {
    if (row.b === 0) return `the effect of message ${scene.message} was had before: it is not repeated`;
    const count = scene.state.effects;
    return count > 1 ? `message ${scene.message} has its effect for the ${ordinal(count)} time${repeatedEffectCause(row, scene)}` : `message ${scene.message} has its effect`;
  },
  [EventKind.ackInvoke]: (row, scene) => `acknowledges message ${scene.message} under ${leaseName(row.a, scene)}`,
  [EventKind.ackOk]: (_row, scene) => `learns that message ${scene.message} is acknowledged`,
  [EventKind.ackFail]: (row, scene) => `learns that the acknowledgement of message ${scene.message} failed: ${outcomeWords(row.b)}`,
  [EventKind.ackInfo]: (row, scene) =>
    `cannot know whether message ${scene.message} is acknowledged: ${outcomeWords(row.b)}${silenceCause(row, scene)}`,
  [EventKind.extendInvoke]: (row, scene) => `asks for ${leaseName(row.a, scene)} to end ${formatMicros(row.b)} from now`,
  [EventKind.extendOk]: (row, scene) => `learns that ${leaseName(row.a, scene)} is extended`,
  [EventKind.extendFail]: (row, scene) => `learns that ${leaseName(row.a, scene)} is not extended: ${outcomeWords(row.b)}`,
  [EventKind.extendInfo]: (row, scene) =>
    `cannot know whether ${leaseName(row.a, scene)} is extended: ${outcomeWords(row.b)}${silenceCause(row, scene)}`,
  [EventKind.nackInvoke]: (row, scene) => {
    const delay = row.b > 0 ? `, to be seen again in ${formatMicros(row.b)}` : '';
    return `negatively acknowledges message ${scene.message} under ${leaseName(row.a, scene)}${delay}`;
  },
  [EventKind.nackOk]: (_row, scene) => `learns that message ${scene.message} is negatively acknowledged`,
  [EventKind.nackFail]: (row, scene) => `learns that the negative acknowledgement of message ${scene.message} failed: ${outcomeWords(row.b)}`,
  [EventKind.nackInfo]: (row, scene) =>
    `cannot know whether message ${scene.message} is negatively acknowledged: ${outcomeWords(row.b)}${silenceCause(row, scene)}`,
  [EventKind.pollWait]: told,
  [EventKind.pollEnd]: told,
  [EventKind.emptyReceive]: told,
  [EventKind.accept]: (row, scene) => {
    const delay = row.a > 0 ? `, to be seen in ${formatMicros(row.a)}` : '';
    return `stores message ${scene.message} in ${scene.nameOf(row.dest)} as copy ${row.copy}${delay}`;
  },
  [EventKind.leaseGrant]: (row, scene) =>
    `grants ${leaseName(row.a, scene)} of message ${scene.message} to ${scene.nameOf(row.peer)} ${forHowLong(row.c)} (delivery count ${row.b})`,
  [EventKind.leaseExtend]: (row, scene) => `${leaseName(row.a, scene)} of message ${scene.message} now ends ${formatMicros(row.c)} from here`,
  [EventKind.leaseExpire]: (row, scene) =>
    `${leaseName(row.a, scene)} of message ${scene.message} ended without acknowledgement${leaseEndCause(row, scene)}`,
  [EventKind.leaseRelease]: (row, scene) => `${leaseName(row.a, scene)} of message ${scene.message} was given back`,
  [EventKind.settle]: (row, scene) => {
    const stale = row.b === HandleState.current ? '' : row.b === HandleState.expired ? ', which had ended' : ', which a later lease had replaced';
    return `removes message ${scene.message} from ${scene.nameOf(row.dest)}: acknowledged under ${leaseName(row.a, scene)}${stale}`;
  },
  [EventKind.move]: (row, scene) => {
    const why = row.b === MoveReason.limit ? `after ${row.a} deliveries without acknowledgement` : moveWords(row.b);
    return `moves message ${scene.message} from ${scene.nameOf(row.dest)} to ${scene.nameOf(row.peer)} ${why}`;
  },
  [EventKind.drop]: (row, scene) => `drops message ${scene.message} from ${scene.nameOf(row.dest)}: ${dropWords(row.a)}`,
  [EventKind.alert]: (row, scene) => `raises an alert: ${scene.nameOf(row.dest)} holds ${row.a} messages`,
  [EventKind.operateInvoke]: (row, scene) => `${operationWords(row.a)} ${scene.nameOf(row.dest)}`,
  [EventKind.operateEnd]: (row, scene) => `hears what became of that: ${scene.nameOf(row.b)}`,
  [EventKind.localWrite]: (row, scene) => {
    if (row.a === LocalWrite.row) return `commits the row that message ${scene.message} tells of`;
    return row.a === LocalWrite.published ? `marks message ${scene.message} as published` : `sets message ${scene.message} aside: it is not published`;
  },
  [EventKind.clientGuard]: (row) => guardWords(row.a),
  [EventKind.returned]: (row, scene) => `gets message ${scene.message} back from ${scene.nameOf(row.dest)}: no queue is bound for it`,
  [EventKind.unroutable]: (row, scene) => `finds no queue for message ${scene.message} at ${scene.nameOf(row.dest)}`,
  [EventKind.flaggedRedelivered]: (_row, scene) => `is told that message ${scene.message} was delivered before`,
  [EventKind.strayConfirm]: (row) => `hears a confirm of publish ${row.a}, which was confirmed before`,
  [EventKind.deathHeader]: (row, scene) => `writes into the header of copy ${row.copy} of message ${scene.message}: dead-lettered from ${scene.nameOf(row.peer)} ${moveWords(row.a)}, ${row.b} times so far`,
  [EventKind.setAside]: (row, scene) => (row.a === 0
    ? `sets message ${scene.message} aside in ${scene.nameOf(row.dest)} for ${formatMicros(row.c)}`
    : `sets message ${scene.message} aside in ${scene.nameOf(row.dest)} to be dead-lettered ${moveWords(row.a)}`),
  [EventKind.deadLetter]: (row, scene) => {
    const again = row.a > 1 ? ` (attempt ${row.a})` : '';
    if (row.c === LetterFate.unroutable) return `finds no queue at ${scene.nameOf(row.peer)} for the dead letter of message ${scene.message}, and keeps it in ${scene.nameOf(row.dest)}${again}`;
    if (row.a === 0) return `finds that ${scene.nameOf(row.peer)} refuses the dead letter of message ${scene.message}, which has left ${scene.nameOf(row.dest)}: it is stored nowhere`;
    if (row.c === LetterFate.refused) return `hears that ${scene.nameOf(row.peer)} refuses the dead letter of message ${scene.message}, and keeps it in ${scene.nameOf(row.dest)}${again}`;
    return `publishes message ${scene.message} to ${scene.nameOf(row.peer)} as a dead letter, and keeps it in ${scene.nameOf(row.dest)} until that is confirmed${again}`;
  },
  [EventKind.connectionBlocked]: (row, scene) => (row.a === 1 ? `stops reading from ${scene.nameOf(row.peer)}: ${blockWords(row.b)}` : `reads from ${scene.nameOf(row.peer)} again`),
  [EventKind.connectionLost]: (row, scene) => `takes its connection with ${scene.nameOf(row.peer)} for lost: ${row.a === LostBy.silence ? 'it has heard nothing for too long' : 'the other end has closed it'}`,
  [EventKind.refused]: (row, scene) => `hears that the broker refuses it: ${scene.nameOf(row.a)}${row.b === Closed.nothing ? '' : `, and closes its ${codeWord('closed', row.b)}`}`,
  [EventKind.ledger]: told,
  [EventKind.fsync]: (row, scene) => `syncs ${row.a} bytes of its journal in ${formatMicros(row.b)}: what it noted of message ${scene.message} is safe`,
  [EventKind.fsyncBegin]: told,
  [EventKind.nodeStart]: (row) => (row.a > 1 ? `starts again (incarnation ${row.a})` : 'starts'),
  [EventKind.nodeStop]: (row) => stopWords(row.a),
  [EventKind.recoverBegin]: () => 'begins to recover from its journal',
  [EventKind.restore]: (row, scene) => {
    const state = ['ready', 'delayed', 'leased'][row.b] ?? 'stored';
    const left = row.c > 0 && row.c < NO_DEADLINE_MICROS ? ` for ${formatMicros(row.c)} more` : '';
    return `finds message ${scene.message} in its journal as copy ${row.copy} in ${scene.nameOf(row.dest)}: ${state}${left}, delivery count ${row.a}`;
  },
  [EventKind.recoverEnd]: (row) => {
    const cut = row.b > 0 ? `, ${row.b} torn bytes cut off` : '';
    const corrupt = row.c > 0 ? `, corrupt batches: ${row.c}` : '';
    return `has recovered ${row.a} ${row.a === 1 ? 'record' : 'records'} that no checkpoint held${cut}${corrupt}`;
  },
  [EventKind.corruption]: (row) => `finds ${row.b} corrupt bytes in its journal at position ${row.a}`,
  [EventKind.place]: (row, scene) => `puts message ${scene.message} into group ${scene.nameOf(row.peer)} of ${scene.nameOf(row.dest)}, sequence number ${row.a}`,
  [EventKind.deduplicate]: (row, scene) =>
    `does not store message ${scene.message} in ${scene.nameOf(row.dest)}: its deduplication id was used ${formatMicros(row.b)} before, for copy ${row.copy}`,
  [EventKind.reappear]: (row, scene) =>
    `copy ${row.copy} of message ${scene.message} is in ${scene.nameOf(row.dest)} again: a storage server had missed its deletion`,
  [EventKind.faultBegin]: (row, scene) => `fault begins: ${faultName(row, scene)}`,
  [EventKind.faultEnd]: (row, scene) => `fault ends: ${faultName(row, scene)}`,
  [EventKind.drainBegin]: () => 'producers have stopped and faults are healed: consumers take what is left in the queues',
  [EventKind.drainEnd]: (row) => (row.a !== 0 ? 'the queues are drained' : 'the drain ends, and the queues are not empty'),
  [EventKind.commit]: told,
  [EventKind.assign]: told,
  [EventKind.revoke]: told,
  [EventKind.elect]: told,
  [EventKind.watermark]: told,
};

/** The sentence for a row whose effect is in the scene's state already. */
export function wordsFor(row: RawRow, scene: StoryScene): string {
  return (phrases[row.kind] as Phrase | undefined)?.(row, scene) ?? `event ${row.kind}`;
}

function leaseName(handle: number, scene: StoryScene): string {
  const lease = scene.state.leases.get(handle);
  return lease === undefined ? 'a lease that was never granted' : `lease ${lease.ordinal}`;
}

function handleEndWords(row: RawRow, scene: StoryScene): string {
  const started = scene.state.leases.get(row.a)?.handleStartMicros ?? null;
  const after = started === null ? '' : ` after ${formatMicros(row.timeMicros - started)}`;
  if (row.b === HandleResult.ok) return `has processed message ${scene.message}${after}`;
  if (row.b === HandleResult.failed) return `fails to process message ${scene.message}${after}`;
  return `abandons the processing of message ${scene.message}${after}${machineCause(row, scene)}`;
}

function faultName(row: RawRow, scene: StoryScene): string {
  const kind = scene.nameOf(row.b);
  return row.peer === 0 ? kind : `${kind} (with ${scene.nameOf(row.peer)})`;
}

/** 1st, 2nd, 3rd, 4th, 11th. */
function ordinal(count: number): string {
  const teen = count % 100 >= 11 && count % 100 <= 13;
  return `${count}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th')}`;
}

const forHowLong = (micros: number): string => (micros >= NO_DEADLINE_MICROS ? 'for as long as its channel lasts' : `for ${formatMicros(micros)}`);
