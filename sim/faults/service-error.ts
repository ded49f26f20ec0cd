import type { WireError } from '../../engine/index.js';
import { REQUEST_KINDS, type RequestKind, type ServiceRule } from '../front/index.js';
import type { FaultDefinition } from './fault-definition.js';

/** AWS: common errors of every service. `throttled`: SQS, RequestThrottled. */
const ERRORS: Readonly<Record<string, WireError>> = {
  internal: { code: 'InternalFailure', message: 'The request processing has failed because of an unknown error, exception or failure.', retriable: true, status: 500 },
  unavailable: { code: 'ServiceUnavailable', message: 'The request has failed due to a temporary failure of the server.', retriable: true, status: 503 },
  throttled: { code: 'RequestThrottled', message: 'The request was denied due to request throttling.', retriable: true, status: 403 },
};

export const serviceError: FaultDefinition = {
  kind: 'service-error',
  family: 'service',
  targets: 'machine',
  targetDoc: 'The broker of an SQS scenario.',
  duration: 'lasting',
  doc: 'Requests are answered with an error by the front of the service: HTTP 500, 503, or that there are too many. The broker does not hear of them, or carries them out all the same.',
  parameters: {
    error: { unit: 'choice', doc: 'internal: HTTP 500. unavailable: HTTP 503. throttled: HTTP 403, and nothing was carried out.', choices: ['internal', 'unavailable', 'throttled'], default: 'internal' },
    probability: { unit: 'probability', doc: 'Of each request.', default: 0.1, min: 0, max: 1 },
    requests: {
      unit: 'choice', doc: 'Which requests: send, receive, settle (deletes and changes of visibility), manage (of queues as a whole), or all.',
      choices: ['all', ...REQUEST_KINDS], default: 'all',
    },
    carriedOut: { unit: 'probability', doc: 'Of each request that is answered so: that it was carried out all the same. Nothing that is throttled is.', default: 0, min: 0, max: 1 },
  },
  begin({ machine, random, number, text }) {
    const error = text('error');
    const requests = text('requests');
    const rule: ServiceRule = {
      error: ERRORS[error]!,
      kinds: requests === 'all' ? REQUEST_KINDS : [requests as RequestKind],
      probability: number('probability'),
      carriedOut: error === 'throttled' ? 0 : number('carriedOut'),
      random,
    };
    machine.front.add(rule);
    return () => machine.front.remove(rule);
  },
};
