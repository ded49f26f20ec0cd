import { cannotWrite } from './errors.js';

/**
 * Writes a file that a command was asked for, whole or not at all.
 *
 * @throws OutputError when it cannot be written
 */
export async function writeOutput(path: string, text: string | Iterable<string>): Promise<void> {
  const { ReportWriteError, systemReason, writeFileAtomically } = await import('../reports/index.js');
  try {
    await writeFileAtomically(path, text);
  } catch (error) {
    throw error instanceof ReportWriteError ? cannotWrite(error.path, error.cause instanceof Error ? (systemReason(error.cause) ?? error.cause.message.replace(/\.$/, '')) : error.reason) : error;
  }
}
