import { EventKind } from '../../history/index.js';
import type { EventView } from '../event-view.js';
import type { Facts } from './facts.js';
import { accepted, deduplicated, dropped, leaseEnded, leaseExtended, leaseGranted, moved, placed, reappeared, setAside, settled } from './update-copies.js';
import { letterPublished, letterStored } from './update-letters.js';
import {
  ackConfirmed, ackEndedOtherwise, ackInvoked, ackUnanswered, nackUnanswered, delivered, extensionConfirmed, hadEffect, nackConfirmed, nackInvoked, sendAttempted, sendEnded, sendInvoked, settlementEnded, timeoutAsked, notRouted, workBegan, workEnded,
} from './update-messages.js';
import {
  channelRefused, connectionLost, consumerCame, consumerWent, corruptionFound, drainBegan, drainEnded, faultBegan, faultEnded, journalSynced, journalSyncing, ledgerRead, nodeStarted, nodeStopped, pollEnded, pollWaits, recoveryBegan, recoveryEnded, restored,
} from './update-run.js';

type Update = (facts: Facts, event: EventView) => void;

/** What each event changes in the facts; null: nothing. Total: a kind without a row does not compile. */
const updates: Readonly<Record<EventKind, Update | null>> = {
  [EventKind.sendInvoke]: sendInvoked,
  [EventKind.sendAttempt]: sendAttempted,
  [EventKind.sendOk]: sendEnded,
  [EventKind.sendFail]: sendEnded,
  [EventKind.sendInfo]: sendEnded,
  [EventKind.deliver]: delivered,
  [EventKind.handleStart]: workBegan,
  [EventKind.handleEnd]: workEnded,
  [EventKind.effect]: hadEffect,
  [EventKind.ackInvoke]: ackInvoked,
  [EventKind.ackOk]: ackConfirmed,
  [EventKind.ackFail]: ackEndedOtherwise,
  [EventKind.ackInfo]: ackUnanswered,
  [EventKind.extendInvoke]: timeoutAsked,
  [EventKind.extendOk]: extensionConfirmed,
  [EventKind.extendFail]: null,
  [EventKind.extendInfo]: null,
  [EventKind.nackInvoke]: nackInvoked,
  [EventKind.nackOk]: nackConfirmed,
  [EventKind.nackFail]: settlementEnded,
  [EventKind.nackInfo]: nackUnanswered,
  [EventKind.pollWait]: pollWaits,
  [EventKind.pollEnd]: pollEnded,
  [EventKind.emptyReceive]: null,
  [EventKind.accept]: accepted,
  [EventKind.leaseGrant]: leaseGranted,
  [EventKind.leaseExtend]: leaseExtended,
  [EventKind.leaseExpire]: leaseEnded,
  [EventKind.leaseRelease]: leaseEnded,
  [EventKind.settle]: settled,
  [EventKind.move]: moved,
  [EventKind.drop]: dropped,
  [EventKind.ledger]: ledgerRead,
  [EventKind.fsync]: journalSynced,
  [EventKind.fsyncBegin]: journalSyncing,
  [EventKind.nodeStart]: nodeStarted,
  [EventKind.nodeStop]: nodeStopped,
  [EventKind.recoverBegin]: recoveryBegan,
  [EventKind.restore]: restored,
  [EventKind.recoverEnd]: recoveryEnded,
  [EventKind.corruption]: corruptionFound,
  [EventKind.place]: placed,
  [EventKind.deduplicate]: deduplicated,
  [EventKind.reappear]: reappeared,
  [EventKind.returned]: null,
  [EventKind.clientGuard]: null,
  [EventKind.localWrite]: null,
  [EventKind.alert]: null,
  [EventKind.operateInvoke]: null,
  [EventKind.operateEnd]: null,
  [EventKind.flaggedRedelivered]: null,
  [EventKind.strayConfirm]: null,
  [EventKind.deathHeader]: letterStored,
  [EventKind.connectionBlocked]: null,
  [EventKind.connectionLost]: connectionLost,
  [EventKind.refused]: channelRefused,
  [EventKind.setAside]: setAside,
  [EventKind.deadLetter]: letterPublished,
  [EventKind.unroutable]: notRouted,
  [EventKind.faultBegin]: faultBegan,
  [EventKind.faultEnd]: faultEnded,
  [EventKind.drainBegin]: drainBegan,
  [EventKind.drainEnd]: drainEnded,
  [EventKind.commit]: null,
  [EventKind.assign]: consumerCame,
  [EventKind.revoke]: consumerWent,
  [EventKind.elect]: null,
  [EventKind.watermark]: null,
};

/** The same by number of the kind. */
export const UPDATES: readonly (Update | null)[] = Array.from({ length: 256 }, (_, kind) => updates[kind as EventKind] ?? null);

/** Kinds whose update asks for no message and no copy: where no invariant hears of them either, nobody needs to find these. */
export const SLOTLESS: ReadonlySet<number> = new Set([
  EventKind.handleStart, EventKind.handleEnd, EventKind.ackFail, EventKind.ackInfo, EventKind.pollWait, EventKind.pollEnd, EventKind.fsync, EventKind.fsyncBegin, EventKind.assign, EventKind.revoke,
]);
