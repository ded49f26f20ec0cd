// Who may import whom: the table of the rooms, and the doors. test/architecture/rooms.test.ts holds the code to it.

/** What each room may import. `typesOf` lists rooms of which only types may be imported. */
const rooms = {
  history: { imports: [] },
  // Of history only the event vocabulary; eslint.config.js enforces the names.
  engine: { imports: ['history'] },
  measures: { imports: ['history'] },
  invariants: { imports: ['history'], typesOf: ['engine'] },
  live: { imports: ['engine', 'history'] },
  sim: { imports: ['engine', 'history'] },
  scenarios: { imports: ['sim', 'live', 'invariants', 'measures', 'engine', 'history'] },
  campaign: { imports: ['scenarios', 'sim', 'live', 'invariants', 'measures', 'engine', 'history'] },
  reports: { imports: ['invariants', 'measures', 'history'], typesOf: ['campaign', 'scenarios'] },
  cli: { imports: ['reports', 'campaign', 'scenarios', 'sim', 'live', 'invariants', 'measures', 'engine', 'history'] },
};

const coreRooms = ['engine', 'sim', 'history', 'invariants', 'measures'];
/** What is beside the rooms and looks into all of them; no room may look back. */
const besideTheRooms = ['bench', 'test', 'tools'];

const folders = (names) => `^(${names.join('|')})/`;
const others = (room) => Object.keys(rooms).filter((name) => name !== room);

const upwardImports = Object.entries(rooms).map(([room, { imports, typesOf = [] }]) => ({
  name: `${room}-imports`,
  comment: `${room}/ may import ${[...imports, ...typesOf.map((name) => `${name} (types only)`)].join(', ') || 'no other room'}.`,
  severity: 'error',
  from: { path: folders([room]) },
  to: { path: folders([...others(room).filter((name) => ![...imports, ...typesOf].includes(name)), ...besideTheRooms]) },
}));

const typeImports = Object.entries(rooms)
  .filter(([, { typesOf = [] }]) => typesOf.length > 0)
  .map(([room, { typesOf }]) => ({
    name: `${room}-imports-types-only`,
    comment: `${room}/ may import types, and nothing else, of ${typesOf.join(', ')}: write \`import type\`.`,
    severity: 'error',
    from: { path: folders([room]) },
    to: { path: folders(typesOf), dependencyTypesNot: ['type-only'] },
  }));

module.exports = {
  forbidden: [
    ...upwardImports,
    ...typeImports,
    {
      name: 'room-door',
      comment: "Another room is entered through its door: import from the room's index.ts.",
      severity: 'error',
      from: { path: folders(Object.keys(rooms)) },
      to: { path: folders(Object.keys(rooms)), pathNot: ['^$1/', '^[^/]+/index\\.ts$'] },
    },
    {
      name: 'sub-room-door',
      comment: "Another sub-room is entered through its door: import from the sub-room's index.ts.",
      severity: 'error',
      from: { path: '^(engine|sim|campaign)/([^/]+)/' },
      to: { path: '^$1/[^/]+/', pathNot: ['^$1/$2/', '^$1/[^/]+/index\\.ts$'] },
    },
    {
      name: 'sub-room-door-from-room',
      comment: "A sub-room is entered through its door: import from the sub-room's index.ts.",
      severity: 'error',
      from: { path: '^(engine|sim|campaign)/[^/]+$' },
      to: { path: '^$1/[^/]+/', pathNot: '^$1/[^/]+/index\\.ts$' },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that import each other are one concept, or miss a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'core-packages',
      comment: 'The core rooms run in a browser: of the packages they may use only these.',
      severity: 'error',
      from: { path: folders(coreRooms) },
      to: { path: 'node_modules/', pathNot: 'node_modules/(@types/)?(seedrandom|hdr-histogram-js|@noble/hashes)/' },
    },
    {
      name: 'core-without-node',
      comment: 'The core rooms run in a browser: no Node built-ins.',
      severity: 'error',
      from: { path: folders(coreRooms) },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-dev-packages',
      comment: 'A room may not need a package that users do not get: move it to "dependencies".',
      severity: 'error',
      from: { path: folders(Object.keys(rooms)) },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'declared-packages',
      comment: 'A package that package.json does not name is there by luck.',
      severity: 'error',
      from: { path: folders(Object.keys(rooms)) },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'resolvable',
      comment: 'The import leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    // Type-only imports count: they are what a door is for.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
