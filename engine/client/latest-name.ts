import type { EventSink, NameId } from '../../history/index.js';

/** A name's number in the history, where the same name is asked for again and again. */
export class LatestName {
  readonly #sink: EventSink;
  #name = '';
  #id: NameId = 0;

  constructor(sink: EventSink) {
    this.#sink = sink;
  }

  of(name: string): NameId {
    if (name !== this.#name) {
      this.#id = this.#sink.name(name);
      this.#name = name;
    }
    return this.#id;
  }
}
