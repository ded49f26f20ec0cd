import { Writable } from 'node:stream';
import type { ReporterContext } from '../../reports/index.js';

/** A stream that remembers what was written to it. */
export class Kept extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** A stream that fails like a pipe whose reader has gone. */
export class Broken extends Writable {
  constructor() {
    super();
    this.on('error', () => undefined);
  }

  override _write(_chunk: Buffer, _encoding: string, done: (error: Error) => void): void {
    done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
  }
}

/** A context with streams that remember. */
export function keptContext(over: Partial<ReporterContext> = {}): ReporterContext & { readonly stdout: Kept; readonly stderr: Kept } {
  return { color: false, isTTY: false, ...over, stdout: new Kept(), stderr: new Kept() };
}
