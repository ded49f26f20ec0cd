import { asList, asRecord } from './raw.js';
import { SEND_SHORTHAND } from './schema/listed-send.js';

/** Writes out what an author may write shorter: an entry of `sends:` that is only a time becomes a mapping. Changes `raw`. */
export function expandShortForms(raw: unknown): void {
  for (const producer of Object.values(asRecord(asRecord(raw)['producers']))) {
    const sends = asList(asRecord(producer)['sends']) as unknown[];
    for (const [index, send] of sends.entries()) {
      if (typeof send === 'string' || typeof send === 'number') sends[index] = { [SEND_SHORTHAND]: send };
    }
  }
}
