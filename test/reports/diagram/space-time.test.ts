import { describe, expect, it } from 'vitest';
import { spaceTimeDiagram } from '../../../reports/index.js';
import type { StoryStep } from '../../../reports/run-result.js';
import { hostileText } from '../fixtures.js';

const MILLI = 1_000;
const step = (atMillis: number, event: string, actor: string, more: Partial<StoryStep> = {}): StoryStep => ({ atMicros: atMillis * MILLI, event, actor, text: `${event}.`, ...more });

const story: readonly StoryStep[] = [
  step(0, 'send-invoke', 'shop'),
  step(900, 'send-attempt', 'shop'),
  step(901, 'accept', 'broker', { copy: 1 }),
  step(902, 'send-ok', 'shop'),
  step(1_000, 'lease-grant', 'broker', { lease: 1, peer: 'worker-1' }),
  step(1_001, 'deliver', 'worker-1', { lease: 1 }),
  step(1_002, 'handle-start', 'worker-1', { lease: 1 }),
  step(1_100, 'fault-begin', 'worker-1', { text: 'fault begins: crash' }),
  step(1_100, 'node-stop', 'worker-1', { text: 'was killed' }),
  step(3_000, 'node-start', 'worker-1'),
  step(31_000, 'lease-expire', 'broker', { lease: 1 }),
  step(31_001, 'lease-grant', 'broker', { lease: 2, peer: 'worker-2' }),
  step(31_002, 'deliver', 'worker-2', { lease: 2 }),
  step(31_002, 'effect', 'worker-2', { lease: 2 }),
  step(31_003, 'effect', 'worker-2', { lease: 2 }),
  step(31_004, 'ack-invoke', 'worker-2', { lease: 2 }),
  step(31_900, 'ack-info', 'worker-2', { lease: 2 }),
];
const violation = { atMicros: 31_003 * MILLI, text: 'The effect took place for the 2nd time.' };
const count = (svg: string, pattern: RegExp): number => [...svg.matchAll(pattern)].length;

describe('a space-time diagram', () => {
  const svg = spaceTimeDiagram(story, { title: 'Message 1', violation });

  it('has a column for each machine: senders, broker, receivers', () => {
    expect([...svg.matchAll(/font-weight="600"[^>]*>([^<]+)</g)].map(([, name]) => name)).toEqual(['shop', 'broker', 'worker-1', 'worker-2']);
    expect(count(svg, /class="machine"/g)).toBe(4);
  });

  it('draws what arrived, what was answered, and what was lost', () => {
    expect(count(svg, /class="request"/g)).toBe(3);
    expect(count(svg, /class="reply"/g)).toBe(1);
    // The first attempt to send, and the acknowledgement whose outcome nobody knows.
    expect(count(svg, /class="lost"/g)).toBe(2);
  });

  it('ends handlings with their machine, and leases when their copy is gone or found without them', () => {
    const ends = (steps: readonly StoryStep[], kind: string): number[] => {
      const drawn = spaceTimeDiagram([...story, ...steps], { title: 'x', violation: null });
      return [...drawn.matchAll(new RegExp(`<rect class="${kind}"[^>]* y="([\\d.]+)"[^>]* height="([\\d.]+)"`, 'g'))].map(([, y, height]) => Number(y) + Number(height));
    };
    const bottom = Math.max(...ends([], 'lease'));
    expect(Math.max(...ends([], 'handling'))).toBeLessThan(bottom);
    for (const last of [step(32_000, 'settle', 'broker', { lease: 1 }), step(32_000, 'restore', 'broker', { text: 'finds message 1: ready' })]) {
      const [taller, others] = [ends([last, step(40_000, 'effect', 'worker-2')], 'lease'), ends([step(32_000, 'effect', 'worker-2'), step(40_000, 'effect', 'worker-2')], 'lease')];
      expect(Math.max(...taller)).toBeLessThan(Math.max(...others));
    }
  });

  it('draws leases, handlers, a machine that is down, and the fault as bars', () => {
    for (const [kind, bars] of [['lease', 2], ['handling', 1], ['down', 1], ['fault', 1]] as const) expect([kind, count(svg, new RegExp(`<rect class="${kind}"`, 'g'))]).toEqual([kind, bars]);
    expect(count(svg, /class="dot (repeated|effect)"/g)).toBe(2);
    expect(count(svg, /class="violation"/g)).toBe(1);
    const words = (isAllowed: boolean): readonly string[] => [...spaceTimeDiagram(story, { title: 'x', violation: { ...violation, isAllowed } }).matchAll(/<\/title>(violation|anomaly)</g)].map(([, word]) => word!);
    expect([words(false), words(true)]).toEqual([['violation'], ['anomaly']]);
  });

  it('puts faults that overlap at a machine, of one kind too, side by side, each with its name, and those after one another in one lane', () => {
    const struck = (atMillis: number, event: 'fault-begin' | 'fault-end', kind: string, machine = 'worker-1') => step(atMillis, event, machine, { text: `${event === 'fault-begin' ? 'fault begins' : 'fault ends'}: ${kind}` });
    const drawn = spaceTimeDiagram([
      step(0, 'deliver', 'worker-1', { lease: 1 }), step(0, 'deliver', 'worker-2', { lease: 2 }),
      struck(1_000, 'fault-begin', 'clock-drift'), struck(2_000, 'fault-begin', 'cpu-slow'), struck(3_000, 'fault-begin', 'cpu-slow'), struck(3_000, 'fault-begin', 'pause', 'worker-2'),
      struck(5_000, 'fault-end', 'cpu-slow'), struck(6_000, 'fault-end', 'cpu-slow'), struck(7_000, 'fault-end', 'clock-drift'), struck(7_000, 'fault-end', 'pause', 'worker-2'),
      struck(8_000, 'fault-begin', 'pause'), struck(9_000, 'fault-end', 'pause'),
    ], { title: 'x', violation: null });
    const faults = [...drawn.matchAll(/<rect class="fault" x="([\d.]+)"[^>]*><title>([\w-]+)</g)].map(([, x, name]) => [name, Number(x)] as const);
    expect(faults.map(([name]) => name)).toEqual(['clock-drift', 'cpu-slow', 'cpu-slow', 'pause', 'pause']);
    const [first, second, third, other, later] = faults.map(([, x]) => x);
    expect(new Set([first, second, third, other]).size).toBe(4);
    expect(later).toBe(first);
    expect(count(drawn, /class="bar-label"/g)).toBe(5);
  });

  it('goes down by event, or to scale', () => {
    const heightOf = (text: string) => Number(/viewBox="0 0 \S+ (\S+)"/.exec(text)![1]);
    const scaled = spaceTimeDiagram(story, { title: 'Message 1', violation, scale: 'time' });
    expect(heightOf(scaled)).toBeGreaterThan(900);
    expect(heightOf(svg)).toBeLessThan(story.length * 60);
  });

  it('shows a window around the violation of a long story, and says what is left out', () => {
    const long = Array.from({ length: 5_000 }, (_, index) => step(index, 'lease-extend', 'broker', { lease: 1 }));
    const text = spaceTimeDiagram(long, { title: 'long', violation: { atMicros: 2_000 * MILLI, text: '' } });
    expect(text).toContain('1,941 earlier steps not drawn; 2,979 later steps not drawn');
    expect(count(text, /text-anchor="end"/g)).toBe(80);
  });

  it('tells what is too long to be drawn whole to whoever points at it', () => {
    const long = `has much to say: ${'word '.repeat(60)}and no more`;
    const svg = spaceTimeDiagram([{ atMicros: 0, event: 'accept', actor: 'broker', text: long }, { atMicros: 1, event: 'settle', actor: 'broker', text: 'is short' }], { title: 'One', violation: null });
    expect(svg).toContain(`<title>broker ${long}</title>`);
    expect(svg).not.toContain('<title>broker is short</title>');
  });

  it('escapes whatever a story says', () => {
    const text = spaceTimeDiagram([step(0, 'send-invoke', hostileText, { text: hostileText })], { title: hostileText, violation: { atMicros: 0, text: hostileText } });
    expect(text).not.toContain('<script');
    expect(text).not.toMatch(/NaN|undefined/);
  });
});
