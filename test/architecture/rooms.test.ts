import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { violations } from './cruise.js';

const rooms = ['engine', 'sim', 'live', 'history', 'invariants', 'measures', 'scenarios', 'campaign', 'reports', 'cli'];
const root = join(import.meta.dirname, '../..');

it('every import of the rooms keeps to the table and the doors', async () => {
  const folders = [...rooms, 'bench'].filter((folder) => existsSync(join(root, folder)));
  expect(await violations(folders)).toEqual([]);
});

describe('the table and the doors', () => {
  const houses: string[] = [];

  afterEach(async () => {
    await Promise.all(houses.splice(0).map((house) => rm(house, { recursive: true })));
  });

  /** Writes a small house and answers which rules it breaks, without repeats. */
  async function rulesBrokenBy(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
    const house = await mkdtemp(join(tmpdir(), 'queuelab-house-'));
    houses.push(house);
    for (const [path, text] of Object.entries(files)) {
      await mkdir(join(house, dirname(path)), { recursive: true });
      await writeFile(join(house, path), text);
    }
    const folders = [...rooms, 'test', 'bench'].filter((folder) => existsSync(join(house, folder)));
    const broken = (await violations(folders, house)).map((violation) => violation.split(':')[0] as string);
    return [...new Set(broken)];
  }

  const value = 'export const it = 1;\n';
  const type = 'export interface It { readonly size: number }\n';

  const fakePackage = (name: string): Readonly<Record<string, string>> => ({
    [`node_modules/${name}/package.json`]: `{ "name": "${name}", "version": "1.0.0", "type": "module", "main": "index.js" }`,
    [`node_modules/${name}/index.js`]: value,
  });

  const forbidden: readonly [what: string, rule: string, files: Readonly<Record<string, string>>][] = [
    ['the engine reaches up into the simulator', 'engine-imports', {
      'engine/log.ts': "import { it } from '../sim/index.js';\nexport const log = it;\n",
      'sim/index.ts': value,
    }],
    ['history imports anything', 'history-imports', {
      'history/recorder.ts': "import type { It } from '../measures/index.js';\nexport type Other = It;\n",
      'measures/index.ts': type,
    }],
    ['a measure looks into the engine, types included', 'measures-imports', {
      'measures/latency.ts': "import type { It } from '../engine/index.js';\nexport type Other = It;\n",
      'engine/index.ts': type,
    }],
    ['an invariant calls the engine', 'invariants-imports-types-only', {
      'invariants/no-phantom.ts': "import { it } from '../engine/index.js';\nexport const other = it;\n",
      'engine/index.ts': value,
    }],
    ['an invariant imports a type and a value of the engine', 'invariants-imports-types-only', {
      'invariants/no-phantom.ts':
        "import type { It } from '../engine/index.js';\nimport { it } from '../engine/index.js';\nexport const other: It = it;\n",
      'engine/index.ts': `${type}export const it: It = { size: 1 };\n`,
    }],
    ['a report calls the scenario runner', 'reports-imports-types-only', {
      'reports/html.ts': "import { it } from '../scenarios/index.js';\nexport const other = it;\n",
      'scenarios/index.ts': value,
    }],
    ['the simulator and the real world know of each other', 'sim-imports', {
      'sim/host.ts': "import { it } from '../live/index.js';\nexport const other = it;\n",
      'live/index.ts': value,
    }],
    ['a room uses a test helper', 'cli-imports', {
      'cli/main.ts': "import { it } from '../test/helper.js';\nexport const other = it;\n",
      'test/helper.ts': value,
    }],
    ['a room is entered through the window', 'room-door', {
      'sim/machine.ts': "import { it } from '../engine/host.js';\nexport const other = it;\n",
      'engine/host.ts': value,
    }],
    ['a type is fetched through the window', 'room-door', {
      'sim/machine.ts': "import type { It } from '../engine/host.js';\nexport type Other = It;\n",
      'engine/host.ts': type,
    }],
    ['a sub-room is entered through the window', 'sub-room-door', {
      'engine/queue/queue.ts': "import { it } from '../log/segment.js';\nexport const other = it;\n",
      'engine/log/segment.ts': value,
    }],
    ["a room's own file enters a sub-room through the window", 'sub-room-door-from-room', {
      'sim/index.ts': "export { it } from './kernel/heap.js';\n",
      'sim/kernel/heap.ts': value,
    }],
    ['two files import each other', 'no-cycles', {
      'cli/a.ts': "import { b } from './b.js';\nexport const a = (): number => b();\n",
      'cli/b.ts': "import { a } from './a.js';\nexport const b = (): number => a();\n",
    }],
    ['a core room uses Node', 'core-without-node', {
      'sim/disk.ts': "import { readFileSync } from 'node:fs';\nexport const other = readFileSync;\n",
    }],
    ['a core room uses a package of the outer rooms', 'core-packages', {
      'package.json': '{ "dependencies": { "yaml": "1.0.0" } }',
      ...fakePackage('yaml'),
      'sim/disk.ts': "import { it } from 'yaml';\nexport const other = it;\n",
    }],
    ['a room uses a package that users do not get', 'no-dev-packages', {
      'package.json': '{ "devDependencies": { "vitest": "1.0.0" } }',
      ...fakePackage('vitest'),
      'cli/main.ts': "import { it } from 'vitest';\nexport const other = it;\n",
    }],
    ['a room uses a package that nobody declared', 'declared-packages', {
      'package.json': '{}',
      ...fakePackage('yaml'),
      'cli/main.ts': "import { it } from 'yaml';\nexport const other = it;\n",
    }],
    ['an import leads nowhere', 'resolvable', { 'cli/main.ts': "import { it } from './gone.js';\nexport const other = it;\n" }],
  ];

  it.each(forbidden)('when %s, reports %s', async (_what, rule, files) => {
    expect(await rulesBrokenBy(files)).toContain(rule);
  });

  it('accept a house in order', async () => {
    const broken = await rulesBrokenBy({
      'package.json': '{ "dependencies": { "seedrandom": "1.0.0", "yaml": "1.0.0" } }',
      ...fakePackage('seedrandom'),
      ...fakePackage('yaml'),
      'sim/random.ts': "export { it } from 'seedrandom';\n",
      'scenarios/load.ts': "export { it } from 'yaml';\n",
      'history/index.ts': value,
      'engine/log/index.ts': "export { it } from './segment.js';\n",
      'engine/log/segment.ts': value,
      'engine/queue/index.ts': "import { it } from '../log/index.js';\nexport const queue = it;\n",
      'engine/index.ts': `export { queue } from './queue/index.js';\n${type}`,
      'sim/index.ts': "import { queue } from '../engine/index.js';\nexport const world = queue;\n",
      'invariants/index.ts':
        "import type { It } from '../engine/index.js';\nimport { it } from '../history/index.js';\nexport const other: It = { size: it };\n",
      'scenarios/index.ts': "import { other } from '../invariants/index.js';\nexport const run = other;\n",
      'cli/main.ts': "import { run } from '../scenarios/index.js';\nexport const main = run;\n",
      'bench/kernel.ts': "import { it } from '../engine/log/segment.js';\nexport const other = it;\n",
    });
    expect(broken).toEqual([]);
  });
});
