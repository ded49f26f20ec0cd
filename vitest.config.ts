import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Four projects, so that `npm test` can run them as stages and a person one at a time:
//   npx vitest run --project unit
const unitTests = 'test/**/*.test.ts';
const architectureTests = 'test/architecture/**/*.test.ts';
const browserTests = 'test/browser/**/*.test.ts';
/** Need a RabbitMQ server, which they start and stop. */
const differentialTests = 'test/differential/**/*.test.ts';

/** Starts the longest files first, so that no worker is left alone with one of them at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean => /\/test\/(determinism\/fingerprint|scenarios\/library)\.test\.ts$/.test(moduleId);
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  cacheDir: 'node_modules/.cache/vite',
  // Workers of the pool are no part of Vite's world: they get a bundle of the sources.
  resolve: { alias: [{ find: /^\.\/(hunt-|shrink-)?worker-file\.js$/, replacement: join(import.meta.dirname, 'test/campaign/pool/bundled-worker.ts') }] },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // Files share their worker's modules: most of a run would else be spent on loading the same rooms again. Tests keep nothing in module state.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: [unitTests], exclude: [architectureTests, browserTests, differentialTests, 'node_modules/**'] },
      },
      {
        extends: true,
        test: { name: 'architecture', include: [architectureTests], testTimeout: 60_000 },
      },
      {
        extends: true,
        test: {
          name: 'differential', include: [differentialTests], fileParallelism: false, testTimeout: 60_000, globalSetup: ['test/differential/rabbitmq.ts'],
        },
      },
      {
        extends: true,
        // One Chromium at a time.
        test: { name: 'browser', include: [browserTests], fileParallelism: false, testTimeout: 60_000 },
      },
    ],
  },
});
