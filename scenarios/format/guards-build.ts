import type { ProducerSpec } from '../model.js';
import type { ParsedProducer } from './schema/scenario-schema.js';

/** How a producer guards itself and its broker: from the file to the model, and back. */
export function buildGuards({ buffer, breaker }: ParsedProducer): Pick<ProducerSpec, 'buffer' | 'breaker'> {
  return {
    buffer: buffer === undefined ? null : { maxMessages: buffer.messages, whenFull: buffer.whenFull },
    breaker: breaker === undefined ? null : {
      failureRate: breaker.failureRate, windowMicros: breaker.window, minimum: breaker.minimum, openMicros: breaker.openFor, trials: breaker.trials, whenOpen: breaker.whenOpen,
    },
  };
}

export function unbuildGuards({ buffer = null, breaker = null }: ProducerSpec): Pick<ParsedProducer, 'buffer' | 'breaker'> {
  return {
    ...(buffer === null ? {} : { buffer: { messages: buffer.maxMessages, whenFull: buffer.whenFull } }),
    ...(breaker === null ? {} : {
      breaker: {
        failureRate: breaker.failureRate, window: breaker.windowMicros, minimum: breaker.minimum, openFor: breaker.openMicros, trials: breaker.trials, whenOpen: breaker.whenOpen,
      },
    }),
  };
}
