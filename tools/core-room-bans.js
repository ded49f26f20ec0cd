// What the core rooms may not touch, and why. Their code must run in a browser and give the same bits everywhere, so
// time, randomness, disk and network reach them as arguments. eslint.config.js turns these lists into lint rules, and
// test/architecture/lint.test.ts proves that each entry is caught.
import { builtinModules } from 'node:module';

/** Rooms that must be deterministic and free of Node and the browser. */
export const coreRooms = ['engine', 'sim', 'history', 'invariants', 'measures'];

/** Core rooms whose code is stepped one event at a time, without promises. */
export const steppedRooms = ['engine', 'sim'];

const reasons = {
  time: 'Core rooms own no clock: take time from the Host or the kernel.',
  timer: 'Core rooms own no timers: schedule on the Host or the kernel.',
  random: 'Core rooms own no randomness: take a named random stream.',
  node: 'Core rooms run in a browser: no Node globals. Use typed arrays and arguments.',
  browser: 'Core rooms run in Node: no browser globals.',
  network: 'Core rooms do no I/O: use the network port of the Host.',
  output: 'Core rooms print nothing: record an event or return a value.',
  global: 'Core rooms have no ambient authority: name what you need and take it as an argument.',
  locale: 'The result depends on the locale of the machine.',
  collector: 'The result depends on when garbage is collected.',
};

const globalsByReason = {
  time: ['Date', 'performance'],
  timer: [
    'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame', 'requestIdleCallback',
  ],
  random: ['crypto'],
  node: ['process', 'Buffer', 'require', 'module', '__dirname', '__filename'],
  browser: ['window', 'document', 'navigator', 'localStorage', 'sessionStorage', 'indexedDB'],
  network: ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'Worker', 'MessageChannel', 'BroadcastChannel'],
  output: ['console'],
  global: ['globalThis', 'global', 'self', 'eval', 'Function'],
  locale: ['Intl'],
  collector: ['WeakRef', 'FinalizationRegistry'],
};

/** Options of no-restricted-globals. */
export const bannedGlobals = Object.entries(globalsByReason).flatMap(([reason, names]) =>
  names.map((name) => ({ name, message: reasons[reason] })),
);

/** Math functions whose last bits differ between JavaScript engines (ECMA-262 leaves them implementation-approximated). */
export const inexactMathFunctions = [
  'log', 'log2', 'log10', 'log1p', 'exp', 'expm1', 'pow', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2', 'sinh',
  'cosh', 'tanh', 'asinh', 'acosh', 'atanh', 'cbrt', 'hypot',
];

const localeMethods = ['localeCompare', 'toLocaleString', 'toLocaleLowerCase', 'toLocaleUpperCase'];

/** Options of no-restricted-properties. */
export const bannedProperties = [
  { object: 'Math', property: 'random', message: reasons.random },
  ...inexactMathFunctions.map((property) => ({
    object: 'Math',
    property,
    message: 'Not bit-exact across JavaScript engines: use the exact functions of sim/kernel.',
  })),
  ...localeMethods.map((property) => ({ property, message: reasons.locale })),
];

/** Options of no-restricted-imports. */
export const bannedImports = {
  paths: builtinModules.map((name) => ({ name, message: reasons.node })),
  patterns: [{ group: ['node:*'], message: reasons.node }],
};

/** Options of no-restricted-syntax, for every core room. */
export const bannedSyntax = [
  {
    selector: ':matches(BinaryExpression[operator="**"], AssignmentExpression[operator="**="])',
    message: 'The ** operator is Math.pow, not bit-exact across JavaScript engines: multiply, or use sim/kernel.',
  },
  {
    selector: ':matches(:not(MemberExpression) > Identifier[name="Math"], MemberExpression[computed=true] > Identifier[name="Math"])',
    message: 'Write Math.name in place, so that the lint sees which function it is.',
  },
  { selector: 'ImportExpression', message: 'Core rooms load nothing at run time: import it at the top.' },
  { selector: 'MetaProperty[meta.name="import"]', message: reasons.node },
];

/** More options of no-restricted-syntax, for the stepped rooms. */
export const bannedAsyncSyntax = [
  ':function[async=true]',
  'AwaitExpression',
  'ForOfStatement[await=true]',
  'NewExpression[callee.name="Promise"]',
  'MemberExpression[object.name="Promise"]',
].map((selector) => ({
  selector,
  message: 'The engine and the simulator are stepped synchronously: take a completion callback, not a promise.',
}));
