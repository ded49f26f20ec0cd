/** Thrown when a run has more distinct names than the name table holds: names are for actors and queues, not for messages. */
export class NameTableFullError extends Error {
  readonly code = 'QL_HISTORY_NAMES_FULL';
  readonly limit: number;
  constructor(limit: number) {
    super(`The run has more than ${limit} names of machines, clients and queues. Use fewer of them.`);
    this.name = 'NameTableFullError';
    this.limit = limit;
  }
}

/** Thrown when every event is to be kept and there are more than memory should hold. */
export class HistoryFullError extends Error {
  readonly code = 'QL_HISTORY_FULL';
  readonly limitRows: number;
  constructor(limitRows: number) {
    super(`The run has more than ${limitRows} events, too many to keep them all. Keep the last ones, or shorten the run.`);
    this.name = 'HistoryFullError';
    this.limitRows = limitRows;
  }
}

/** Thrown when an event carries a number that is not finite: its bits may differ between machines. Always a fault of who emitted it. */
export class EventNotFiniteError extends Error {
  readonly code = 'QL_HISTORY_NOT_FINITE';
  readonly event: string;
  constructor(event: string, atMicros: number) {
    super(`The event ${event} at ${atMicros} microseconds carries a number that is not finite.`);
    this.name = 'EventNotFiniteError';
    this.event = event;
  }
}

/** Thrown when a recorder is asked for something no recorder can do. */
export class RecorderOptionError extends Error {
  readonly code = 'QL_HISTORY_OPTION';
  constructor(message: string) {
    super(message);
    this.name = 'RecorderOptionError';
  }
}
