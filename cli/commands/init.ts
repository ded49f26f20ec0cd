import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { cannotWrite, UsageError } from '../errors.js';
import { EXIT_CODES, type ExitCode } from '../exit-codes.js';
import { makeFolder } from '../output-files.js';
import { packageRoot } from '../package-root.js';
import { scenarioTemplate } from '../scenario-template.js';
import { writeOutput } from '../write-output.js';
import type { CommandContext, CommandFactory } from './command.js';

interface InitArguments {
  readonly name: string;
}

/** `queuelab init NAME` */
export const initCommand: CommandFactory<InitArguments> = (context, begin) => ({
  command: 'init <name>',
  describe: 'write a commented scenario to begin with',
  builder: (yargs) =>
    yargs
      .positional('name', { type: 'string', demandOption: true, describe: 'name of the scenario, or path of its file' })
      .example('$0 init my-scenario', 'writes my-scenario.yaml')
      .example('$0 init scenarios/outage', 'writes scenarios/outage.yaml'),
  handler: ({ name }) => begin(() => init(context, name)),
});

async function init({ cwd, stdout }: CommandContext, given: string): Promise<ExitCode> {
  const shown = /\.ya?ml$/.test(given) ? given : `${given}.yaml`;
  const file = resolve(cwd, shown);
  const name = basename(file).replace(/\.ya?ml$/, '');
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(name)) {
    throw new UsageError(`"${name}" cannot be the name of a scenario: at most 80 letters, digits, hyphens and underscores.`);
  }
  if (existsSync(file)) throw cannotWrite(shown, 'it is there already, and init overwrites nothing');
  makeFolder(dirname(file));
  await writeOutput(file, scenarioTemplate(name, schemaPath(dirname(file))));
  stdout.line(`Wrote ${shown}. Run it with: queuelab run ${shown}`);
  return EXIT_CODES.ok;
}

const SCHEMA = join('schema', 'scenario.schema.json');

/**
 * Where an editor finds the JSON Schema, relative to the scenario: in the package that the project has installed, so that the line
 * also holds on other machines; else in the one that runs.
 */
function schemaPath(folder: string): string {
  const path = relative(folder, installedSchema(folder) ?? join(packageRoot(), SCHEMA)).replaceAll('\\', '/');
  return path.startsWith('.') || isAbsolute(path) ? path : `./${path}`;
}

function installedSchema(folder: string): string | null {
  const path = join(folder, 'node_modules', 'queuelab', SCHEMA);
  if (existsSync(path)) return path;
  const parent = dirname(folder);
  return parent === folder ? null : installedSchema(parent);
}
