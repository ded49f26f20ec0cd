/** Thrown when code of a run touches something outside of it: then the same seed would not give the same run. */
export class NondeterminismError extends Error {
  readonly code = 'QL_NONDETERMINISM';
  /** What was touched, such as `Date.now`. */
  readonly api: string;
  /** File, line and column of the code that touched it; empty when the stack does not say. */
  readonly caller: string;

  constructor(api: string, caller: string) {
    const place = caller === '' ? 'a place that the stack does not show' : caller;
    super(`${api} was used inside a simulated run, at ${place}. Take time, randomness and files from the Host.`);
    this.name = 'NondeterminismError';
    this.api = api;
    this.caller = caller;
  }
}

/** The surroundings of a run, handed in from outside because the simulator itself has no access to them. */
export interface TrapTargets {
  /** The global object. */
  readonly global: object;
  /** Modules whose functions are trapped, by name, as mutable objects: `{ fs }` from `import fs from 'node:fs'`. */
  readonly modules?: Readonly<Record<string, object>>;
  /** Called after traps were set and after they were taken away; Node's `syncBuiltinESMExports` belongs here. */
  readonly onChange?: () => void;
}

const TRAPPED_FUNCTIONS = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'];
/** Touching them is enough. */
const TRAPPED_OBJECTS = ['process', 'crypto'];

/** One property and its trap. */
interface Replacement {
  readonly owner: object;
  readonly key: string;
  readonly api: string;
  readonly original: PropertyDescriptor;
  readonly trap: PropertyDescriptor;
  /** Assigning is enough, which is many times faster than defining. */
  readonly isPlain: boolean;
  /** Whether the trap is in the place of the original. */
  isSet: boolean;
}

/** Of all calls of `withTrap` that are under way, in the order in which they were set. */
const active: Replacement[] = [];
/** Kept from one run to the next, by key: to make them takes many times longer than to set them. */
const known = new WeakMap<object, Map<string, Replacement>>();

/**
 * Runs `body` while time, timers, randomness, `process` and the given modules throw {@link NondeterminismError}, and takes
 * the traps away afterwards whatever happens. May be nested. Setting and taking away costs some tens of microseconds, so wrap
 * a stretch of a run and not an event.
 */
export function withTrap<T>(targets: TrapTargets, body: () => T): T {
  const before = active.length;
  try {
    install(targets);
    targets.onChange?.();
    return body();
  } finally {
    while (active.length > before) takeAway(active.pop()!);
    targets.onChange?.();
  }
}

function install({ global, modules = {} }: TrapTargets): void {
  const globals = global as Record<string, unknown>;
  trapDate(global, globals['Date'] as DateConstructor);
  trapFunction(globals['Math'] as object, 'random', 'Math.random');
  if (globals['performance'] !== undefined) trapFunction(globals['performance'] as object, 'now', 'performance.now');
  for (const name of TRAPPED_FUNCTIONS) if (name in globals) trapFunction(global, name, name);
  for (const name of TRAPPED_OBJECTS) if (name in globals) trapProperty(global, name, name);
  for (const [name, module] of Object.entries(modules)) trapModule(module, name);
}

function trapDate(global: object, original: DateConstructor): void {
  if (isTrapped(global, 'Date')) return;
  trapFunction(original, 'now', 'Date.now');
  replace(global, 'Date', 'Date', () => ({ value: guardedDate(original), writable: true }));
}

const guardedDate = (original: DateConstructor): DateConstructor => new Proxy(original, {
  construct(target, values, newTarget) {
    if (values.length === 0) refuse('new Date()');
    return Reflect.construct(target, values, newTarget) as object;
  },
  apply: () => refuse('Date()'),
});

function trapModule(module: object, name: string): void {
  for (const key of Object.keys(module)) {
    const value = (module as Record<string, unknown>)[key];
    if (typeof value === 'function') trapFunction(module, key, `${name}.${key}`);
    else if (key === 'promises' && typeof value === 'object' && value !== null) trapModule(value, `${name}.promises`);
  }
}

function trapFunction(owner: object, key: string, api: string): void {
  replace(owner, key, api, () => ({ value: () => refuse(api), writable: true }));
}

function trapProperty(owner: object, key: string, api: string): void {
  replace(owner, key, api, () => ({ get: () => refuse(api), set: () => refuse(api) }));
}

/** Replaces the property where it is: in the object or in what it inherits from. */
function replace(object: object, key: string, api: string, trapOf: () => PropertyDescriptor): void {
  let owner: object | null = object;
  while (owner !== null && !Object.hasOwn(owner, key)) owner = Object.getPrototypeOf(owner) as object | null;
  if (owner === null) return;
  let replacement = known.get(owner)?.get(key);
  if (replacement?.isSet === true) return;
  if (replacement?.api !== api || !isAsKnown(replacement)) {
    const original = Object.getOwnPropertyDescriptor(owner, key)!;
    if (original.configurable !== true) return;
    replacement = remember(owner, key, api, original, trapOf());
  }
  replacement.isSet = true;
  active.push(replacement);
  put(replacement, replacement.trap);
}

/** Whether nobody has put something else in the place of the original since. */
function isAsKnown({ owner, key, original, isPlain }: Replacement): boolean {
  if (isPlain) return (owner as Record<string, unknown>)[key] === original.value;
  const now = Object.getOwnPropertyDescriptor(owner, key)!;
  return now.value === original.value && now.get === original.get && now.set === original.set;
}

function remember(owner: object, key: string, api: string, original: PropertyDescriptor, trap: PropertyDescriptor): Replacement {
  const isPlain = trap.writable === true && original.writable === true;
  const whole = { ...trap, configurable: true, enumerable: original.enumerable === true };
  const replacement: Replacement = { owner, key, api, original, trap: whole, isPlain, isSet: false };
  const ofOwner = known.get(owner);
  if (ofOwner === undefined) known.set(owner, new Map([[key, replacement]]));
  else ofOwner.set(key, replacement);
  return replacement;
}

function isTrapped(owner: object, key: string): boolean {
  return known.get(owner)?.get(key)?.isSet === true;
}

function takeAway(replacement: Replacement): void {
  put(replacement, replacement.original);
  replacement.isSet = false;
}

function put({ owner, key, isPlain }: Replacement, property: PropertyDescriptor): void {
  if (isPlain) (owner as Record<string, unknown>)[key] = property.value;
  else Object.defineProperty(owner, key, property);
}

/** Throws, with the traps off while the stack is written: what writes it may itself ask for the time or for files. */
function refuse(api: string): never {
  for (const replacement of active) put(replacement, replacement.original);
  let error: NondeterminismError;
  try {
    error = new NondeterminismError(api, callerIn(new Error('stack').stack ?? ''));
    void error.stack;
  } finally {
    for (const replacement of active) put(replacement, replacement.trap);
  }
  throw error;
}

/** `refuse` itself and the trap that called it. */
const OWN_FRAMES = 2;

/** The place in a stack that used what is trapped. Frames without a place, those of built-in functions, do not count. */
function callerIn(stack: string): string {
  const places = stack.split('\n').filter((line) => /:\d+:\d+\)?$/.test(line));
  const frame = places[OWN_FRAMES] ?? '';
  return frame.replace(/^.*?\(/, '').replace(/^\s*at (async )?/, '').replace(/\)$/, '');
}
