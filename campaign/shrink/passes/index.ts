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
import { simplifyMessages } from './simplify-messages.js';

/** In the order in which they are run, again and again until none changes anything: cheap and large cuts come first. */
export const PASSES: readonly Pass[] = [
  cutTheEnd,
  dropFaultFamilies,
  thinOutMessages,
  deleteFaults,
  healTheDead,
  removeMachines,
  removeQueues,
  dropExpectations,
  makeConstant,
  backToDefaults,
  lowerCounts,
  simplifyMessages,
  shortenTimes,
  deleteMessages,
];
