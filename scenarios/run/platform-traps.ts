import type { TrapTargets } from '../../sim/index.js';

interface NodeProcess {
  getBuiltinModule?(name: 'node:fs'): Readonly<Record<string, unknown>>;
  getBuiltinModule?(name: 'node:module'): { syncBuiltinESMExports(): void };
}

/**
 * What is out of bounds while a run steps, on the platform that runs it: the global clocks, timers and randomness, and on Node
 * the file system. In a browser there is no other.
 */
export function platformTraps(): TrapTargets {
  const { process } = globalThis as { readonly process?: NodeProcess };
  if (process?.getBuiltinModule === undefined) return { global: globalThis };
  const fs = process.getBuiltinModule('node:fs');
  const { syncBuiltinESMExports } = process.getBuiltinModule('node:module');
  return { global: globalThis, modules: { fs }, onChange: syncBuiltinESMExports };
}
