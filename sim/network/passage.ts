/**
 * Follows the messages between machines, for measures: called right before the code that handles a message runs, so that
 * whatever the code reports next has come this way. It is no part of the history: what it learns changes nothing.
 */
export interface PassageObserver {
  /**
   * @param nowMicros true time, when the message is handled.
   * @param networkMicros from the hand-over to the sender's connection until it reached the machine.
   * @param waitMicros on the machine, for the process and for a core.
   * @param serviceMicros of a core.
   */
  passed(nowMicros: number, networkMicros: number, waitMicros: number, serviceMicros: number): void;
}
