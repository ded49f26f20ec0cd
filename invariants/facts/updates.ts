import { EventKind } from '../../history/index.js';
import type { EventView } from '../event-view.js';
import type { Facts } from './facts.js';
import { accepted, dropped, leaseEnded, leaseExtended, leaseGranted, moved, settled } from './update-copies.js';
import {
  ackConfirmed, ackInvoked, delivered, hadEffect, sendAttempted, sendEnded, sendInvoked, timeoutAsked,
} from './update-messages.js';
import {
  drainBegan, drainEnded, faultBegan, faultEnded, ledgerRead, nodeStopped, pollEnded, pollWaits, recoveryBegan, recoveryEnded, restored,
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
  [EventKind.handleStart]: null,
  [EventKind.handleEnd]: null,
  [EventKind.effect]: hadEffect,
  [EventKind.ackInvoke]: ackInvoked,
  [EventKind.ackOk]: ackConfirmed,
  [EventKind.ackFail]: null,
  [EventKind.ackInfo]: null,
  [EventKind.extendInvoke]: timeoutAsked,
  [EventKind.extendOk]: null,
  [EventKind.extendFail]: null,
  [EventKind.extendInfo]: null,
  [EventKind.nackInvoke]: timeoutAsked,
  [EventKind.nackOk]: null,
  [EventKind.nackFail]: null,
  [EventKind.nackInfo]: null,
  [EventKind.pollWait]: pollWaits,
  [EventKind.pollEnd]: pollEnded,
  [EventKind.accept]: accepted,
  [EventKind.leaseGrant]: leaseGranted,
  [EventKind.leaseExtend]: leaseExtended,
  [EventKind.leaseExpire]: leaseEnded,
  [EventKind.leaseRelease]: leaseEnded,
  [EventKind.settle]: settled,
  [EventKind.move]: moved,
  [EventKind.drop]: dropped,
  [EventKind.ledger]: ledgerRead,
  [EventKind.fsync]: null,
  [EventKind.nodeStart]: null,
  [EventKind.nodeStop]: nodeStopped,
  [EventKind.recoverBegin]: recoveryBegan,
  [EventKind.restore]: restored,
  [EventKind.recoverEnd]: recoveryEnded,
  [EventKind.corruption]: null,
  [EventKind.faultBegin]: faultBegan,
  [EventKind.faultEnd]: faultEnded,
  [EventKind.drainBegin]: drainBegan,
  [EventKind.drainEnd]: drainEnded,
  [EventKind.commit]: null,
  [EventKind.assign]: null,
  [EventKind.revoke]: null,
  [EventKind.elect]: null,
  [EventKind.watermark]: null,
};

/** The same by number of the kind. */
export const UPDATES: readonly (Update | null)[] = Array.from({ length: 256 }, (_, kind) => updates[kind as EventKind] ?? null);
