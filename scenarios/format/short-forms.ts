import { asList, asRecord } from './raw.js';
import { RETRY_MODES } from './retry-modes.js';
import { SEND_SHORTHAND } from './schema/listed-send.js';

/** Writes out what an author may write shorter: an entry of `sends:` that is only a time becomes a mapping, the mode of an SDK what it stands for. Changes `raw`. */
export function expandShortForms(raw: unknown): void {
  for (const producer of Object.values(asRecord(asRecord(raw)['producers']))) {
    const sends = asList(asRecord(producer)['sends']) as unknown[];
    for (const [index, send] of sends.entries()) {
      if (typeof send === 'string' || typeof send === 'number') sends[index] = { [SEND_SHORTHAND]: send };
    }
  }
  for (const section of ['producers', 'consumers']) {
    for (const client of Object.values(asRecord(asRecord(raw)[section]))) expandRetryMode(asRecord(client)['retry']);
  }
}

function expandRetryMode(retry: unknown): void {
  const said = asRecord(retry);
  const mode = RETRY_MODES[String(said['mode'])];
  if (mode !== undefined) Object.assign(said, { ...mode, ...said });
}
