import type { Pass } from '../pass.js';
import { backToDefaults } from './back-to-defaults.js';
import { cutTheEnd } from './cut-the-end.js';
import { deleteFaults } from './delete-faults.js';
import { deleteMessages, thinOutMessages } from './delete-messages.js';
import { dropExpectations } from './drop-expectations.js';
import { dropFaultFamilies } from './drop-fault-families.js';
import { healTheDead } from './heal-the-dead.js';
import { lowerCounts } from './lower-counts.js';
import { makeConstant } from './make-constant.js';
import { removeMachines } from './remove-machines.js';
import { removeQueues } from './remove-queues.js';
import { shortenTimes } from './shorten-times.js';
import { simplifyFaults } from './simplify-faults.js';
import { simplifyMessages } from './simplify-messages.js';

/** What makes many runs of a kind superfluous, the cheap and large cuts first: run again and again until none of them changes anything. */
export const CUTS: readonly Pass[] = [cutTheEnd, dropFaultFamilies, deleteFaults, healTheDead, removeMachines, removeQueues, makeConstant, lowerCounts, thinOutMessages];

/** What is left when nothing large can be cut any more: one by one, and how it reads. After a change the cuts come once more. */
export const POLISH: readonly Pass[] = [deleteMessages, dropExpectations, backToDefaults, simplifyMessages, simplifyFaults, shortenTimes];
