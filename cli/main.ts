#!/usr/bin/env node
import { Output } from './output.js';
import { runCli } from './run-cli.js';
import { watchInterrupts } from './interrupts.js';

const stdout = new Output(process.stdout, 'standard output');
const stderr = new Output(process.stderr, 'standard error');
process.exitCode = await runCli(process.argv.slice(2), {
  stdout,
  stderr,
  cwd: process.cwd(),
  env: process.env,
  interrupt: watchInterrupts(),
});
