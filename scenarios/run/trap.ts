/** An object whose functions are out of bounds while a run steps, such as Node's `fs`, given from outside. */
export interface TrapTarget {
  readonly name: string;
  readonly object: Record<string, unknown>;
  /** Called after the functions were replaced and after they were put back. */
  readonly onChange?: () => void;
}

/** Thrown when code that belongs to a simulated run reaches for the real world: its time, its chance, its timers, its files. */
export class NondeterminismError extends Error {
  readonly code = 'QL_NONDETERMINISM';
  /** What was used, such as `Date.now`. */
  readonly api: string;
  /** Where: file, line and column of the caller. */
  readonly caller: string;
  constructor(api: string, caller: string) {
    super(
      `${api} was used at ${caller} while a simulated run was under way. A run may depend on nothing but its scenario and ` +
        'seed: take time, timers, randomness and disk from the host that the node was given.',
    );
    this.name = 'NondeterminismError';
    this.api = api;
    this.caller = caller;
  }
}

/** Frames of this file in a stack trace. */
const OWN_FRAME = /[\\/]run[\\/]trap\.[jt]s/;

type Restore = () => void;

let depth = 0;
let restores: Restore[] = [];
/** True while a trap builds its error, when the machinery of stack traces may use what is trapped. */
let isThrowing = false;

/**
 * Runs `action`, synchronously, with the clocks, timers, randomness, `process` and the given targets replaced by functions that
 * throw {@link NondeterminismError}. Puts everything back in every case. May be nested.
 */
export function withTrap<T>(targets: readonly TrapTarget[], action: () => T): T {
  if (depth === 0) install(targets);
  depth += 1;
  try {
    return action();
  } finally {
    depth -= 1;
    if (depth === 0) uninstall();
  }
}

function install(targets: readonly TrapTarget[]): void {
  const world = globalThis as unknown as Record<string, unknown>;
  trapDate(world);
  trapFunction(Math as unknown as Record<string, unknown>, 'random', 'Math.random');
  for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'fetch']) trapFunction(world, name, name);
  for (const name of ['performance', 'crypto']) trapMethods(world[name], name);
  trapProperty(world, 'process');
  for (const target of targets) {
    for (const key of Object.keys(target.object)) trapFunction(target.object, key, `${target.name}.${key}`);
    target.onChange?.();
    restores.push(() => target.onChange?.());
  }
}

function uninstall(): void {
  const undo = restores;
  restores = [];
  // What was replaced is put back before `onChange` hears of it.
  for (const restore of undo) restore();
}

function trapDate(world: Record<string, unknown>): void {
  const Original = world['Date'] as DateConstructor;
  const Trapped = new Proxy(Original, {
    construct(target, parameters: unknown[], newTarget): object {
      if (parameters.length === 0 && !isThrowing) refuse('Date');
      return Reflect.construct(target, parameters, newTarget) as object;
    },
    apply(target): string {
      if (!isThrowing) refuse('Date');
      return target();
    },
  });
  trapFunction(Original as unknown as Record<string, unknown>, 'now', 'Date.now');
  replace(world, 'Date', { value: Trapped, writable: true });
}

function trapMethods(object: unknown, name: string): void {
  if (typeof object !== 'object' || object === null) return;
  const methods = name === 'performance' ? ['now', 'mark', 'measure'] : ['getRandomValues', 'randomUUID'];
  for (const method of methods) trapFunction(object as Record<string, unknown>, method, `${name}.${method}`);
}

function trapFunction(object: Record<string, unknown>, key: string, api: string): void {
  const original = object[key];
  if (typeof original !== 'function') return;
  const trapped = function (this: unknown, ...parameters: unknown[]): unknown {
    if (!isThrowing) refuse(api);
    return Reflect.apply(original as (...all: unknown[]) => unknown, this, parameters);
  };
  replace(object, key, { value: Object.assign(trapped, original), writable: true });
}

function trapProperty(object: Record<string, unknown>, key: string): void {
  if (!(key in object)) return;
  const original = object[key];
  replace(object, key, {
    get: () => {
      if (!isThrowing) refuse(key);
      return original;
    },
  });
}

function replace(object: Record<string, unknown>, key: string, descriptor: PropertyDescriptor): void {
  const before = Object.getOwnPropertyDescriptor(object, key);
  if (before !== undefined && before.configurable !== true) return;
  Object.defineProperty(object, key, { configurable: true, enumerable: before?.enumerable ?? false, ...descriptor });
  restores.push(() => {
    if (before === undefined) Reflect.deleteProperty(object, key);
    else Object.defineProperty(object, key, before);
  });
}

function refuse(api: string): never {
  isThrowing = true;
  try {
    const stack = new Error(api).stack ?? '';
    throw new NondeterminismError(api, callerIn(stack));
  } finally {
    isThrowing = false;
  }
}

function callerIn(stack: string): string {
  const frames = stack.split('\n').filter((line) => /:\d+:\d+\)?$/.test(line));
  const frame = frames.find((line) => !OWN_FRAME.test(line)) ?? 'an unknown place';
  return frame.trim().replace(/^at /, '');
}
