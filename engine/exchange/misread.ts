import type { Mutations } from '../mutants/index.js';
import type { BindingRequest } from './binding.js';
import type { ExchangeType } from './exchange.js';

/** The binding that is made of the one that was asked for: the same, unless a mutant misreads it. */
export function asRead(request: BindingRequest, type: ExchangeType, mutations: Mutations): BindingRequest {
  if (mutations.hashNeedsAWord && type === 'topic') return { ...request, key: request.key.replace('#', '*.#') };
  if (mutations.anyHeaderTakenForAll && request.arguments['x-match'] === 'any') return { ...request, arguments: { ...request.arguments, 'x-match': 'all' } };
  return request;
}
