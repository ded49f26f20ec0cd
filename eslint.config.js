import { readFileSync } from 'node:fs';
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import {
  bannedAsyncSyntax, bannedGlobals, bannedImports, bannedProperties, bannedSyntax, coreRooms, steppedRooms,
} from './tools/core-room-bans.js';

const outerRooms = ['cli', 'reports', 'campaign', 'scenarios', 'live'];
const rooms = [...coreRooms, ...outerRooms];
const filesOf = (folders) => folders.map((folder) => `${folder}/**/*.ts`);

const noDefaultExport = {
  selector: ':matches(ExportDefaultDeclaration, ExportSpecifier[exported.name="default"])',
  message: 'Rooms export names: a name that is searched for is found.',
};

/** The engine reports events and knows nothing of how they are kept. */
const vocabularyOnly = {
  regex: '/history/index\\.js$',
  allowImportNames: ['history/events.ts', 'history/channel-codes.ts'].flatMap(exportedNames),
  message: 'Of history the engine may import only the event vocabulary (history/events.ts, history/channel-codes.ts).',
};

function exportedNames(path) {
  const source = readFileSync(new URL(path, import.meta.url), 'utf8');
  return [...new Set(Array.from(source.matchAll(/^export (?:const|type|interface) (\w+)/gm), (match) => match[1]))];
}

/** Rules that need type information; they run where promises live. */
const typeAwareRules = {
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
  '@typescript-eslint/only-throw-error': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
};

export default defineConfig(
  globalIgnores(['dist/', 'node_modules/', '**/*.d.ts', 'queuelab-report*']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [js.configs.recommended, tseslint.configs.strict],
    rules: {
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      // Typed arrays on hot paths read better with `!` than with a branch that cannot be taken.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    name: 'rooms',
    files: filesOf([...rooms, 'bench']),
    rules: {
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 70, skipComments: true }],
      'no-restricted-syntax': ['error', noDefaultExport],
    },
  },
  {
    name: 'rooms that talk to the outside',
    files: filesOf([...outerRooms, 'bench', 'test']),
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: typeAwareRules,
  },
  {
    name: 'core rooms',
    files: filesOf(coreRooms),
    // No comment can lift the bans: an exception would have to be made here, where it is seen.
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
    rules: {
      'no-restricted-globals': ['error', ...bannedGlobals],
      'no-restricted-imports': ['error', bannedImports],
      'no-restricted-properties': ['error', ...bannedProperties],
      'no-restricted-syntax': ['error', noDefaultExport, ...bannedSyntax],
    },
  },
  {
    name: 'stepped rooms',
    files: filesOf(steppedRooms),
    rules: { 'no-restricted-syntax': ['error', noDefaultExport, ...bannedSyntax, ...bannedAsyncSyntax] },
  },
  {
    name: 'engine',
    files: filesOf(['engine']),
    rules: {
      'no-restricted-imports': ['error', { ...bannedImports, patterns: [...bannedImports.patterns, vocabularyOnly] }],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    extends: [js.configs.recommended],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', performance: 'readonly', URL: 'readonly', module: 'writable' } },
  },
);
