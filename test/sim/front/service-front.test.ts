import { describe, expect, it } from 'vitest';
import type { RandomPort, WireError, WireMessage } from '../../../engine/index.js';
import { REQUEST_KINDS, ServiceFront, type ServiceRule } from '../../../sim/front/index.js';

const FAILED: WireError = { code: 'InternalFailure', message: 'It failed.', retriable: true, status: 500 };

/** Draws these numbers in turn, and none beyond them. */
function draws(...numbers: number[]): RandomPort {
  return {
    nextFloat: () => {
      const next = numbers.shift();
      if (next === undefined) throw new Error('one draw too many');
      return next;
    },
    nextUint32: () => 0,
  };
}

const rule = (settings: Partial<ServiceRule>): ServiceRule => ({ error: FAILED, kinds: REQUEST_KINDS, probability: 1, carriedOut: 0, random: draws(0), ...settings });

function aFront(...rules: ServiceRule[]) {
  const front = new ServiceFront();
  for (const one of rules) front.add(one);
  const answers: WireMessage[] = [];
  const connection = { answer: (message: WireMessage) => void answers.push(message) };
  const request = (operation: string, requestId?: number): boolean => front.admits({ operation, ...(requestId === undefined ? {} : { requestId }) } as WireMessage, connection);
  const reply = (operation: string, requestId?: number): WireMessage => front.outgoing({ operation, ...(requestId === undefined ? {} : { requestId }) } as WireMessage, connection);
  return { front, answers, request, reply };
}

describe('a request that is struck', () => {
  it('is answered with the error, and the service does not hear of it', () => {
    const { answers, request } = aFront(rule({}));
    expect(request('send', 7)).toBe(false);
    expect(answers).toEqual([{ operation: 'error', requestId: 7, error: FAILED }]);
  });

  it('or is carried out, and its answer becomes the error; later answers do not', () => {
    const { answers, request, reply } = aFront(rule({ carriedOut: 0.5, random: draws(0, 0.4) }));
    expect(request('send', 7)).toBe(true);
    expect(answers).toEqual([]);
    expect(reply('sendReply', 6)).toEqual({ operation: 'sendReply', requestId: 6 });
    expect(reply('sendReply', 7)).toEqual({ operation: 'error', requestId: 7, error: FAILED });
    expect(reply('sendReply', 7)).toEqual({ operation: 'sendReply', requestId: 7 });
  });

  it('is one of as many as the probability says', () => {
    const { request } = aFront(rule({ probability: 0.25, random: draws(0.24, 0.25, 0.9) }));
    expect([request('receive', 1), request('receive', 2), request('receive', 3)]).toEqual([false, true, true]);
  });
});

describe('what is not struck', () => {
  it('is a request of another kind, for which nothing is drawn', () => {
    const { request } = aFront(rule({ kinds: ['settle'], random: draws(0, 0, 0, 0) }));
    expect(['send', 'sendBatch', 'receive', 'purgeQueue'].map((operation, index) => request(operation, index))).toEqual([true, true, true, true]);
    expect(['delete', 'deleteBatch', 'changeVisibility', 'changeVisibilityBatch'].map((operation, index) => request(operation, index))).toEqual([false, false, false, false]);
  });

  it('is what no answer belongs to', () => {
    const { request, reply } = aFront(rule({ random: draws() }));
    expect(request('hello')).toBe(true);
    expect(reply('keepAlive')).toEqual({ operation: 'keepAlive' });
  });

  it('is anything when the rule is over; what it had let through is answered as was decided', () => {
    const ending = rule({ carriedOut: 1, random: draws(0, 0) });
    const { front, request, reply } = aFront(ending);
    request('send', 1);
    front.remove(ending);
    expect(request('send', 2)).toBe(true);
    expect(reply('sendReply', 1)).toMatchObject({ operation: 'error' });
    expect(reply('sendReply', 2)).toMatchObject({ operation: 'sendReply' });
  });
});

it('two rules draw for themselves: the second strikes what the first does not', () => {
  const throttled = { ...FAILED, code: 'RequestThrottled', status: 403 };
  const { answers, request } = aFront(rule({ probability: 0.5, random: draws(0.1, 0.9, 0.9) }), rule({ error: throttled, probability: 0.5, random: draws(0.1, 0.1, 0.9) }));
  expect([request('send', 1), request('send', 2), request('send', 3)]).toEqual([false, false, true]);
  expect(answers).toMatchObject([{ error: FAILED }, { error: throttled }]);
});
