import { OutcomeReason } from '../../history/index.js';
import { Work } from './work.js';

/** A delivery that was pushed: with what its channel calls it, and which of its owner's channels that was. A tag of an earlier one names nothing. */
export class PushedWork extends Work {
  tag = 0;
  life = 0;
  /** Why that channel, or its consumer, was lost, once it was. */
  lostFor: OutcomeReason = OutcomeReason.connectionLost;
  /** Handled, and to be acknowledged together with others. */
  isHandled = false;
}
