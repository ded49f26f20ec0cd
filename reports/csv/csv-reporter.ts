import type { Reporter, ReporterContext } from '../reporter.js';
import { writeFileAtomically, writeToStream } from '../write.js';
import { seriesCsv } from './series-csv.js';

/** The time series of every run in one table. */
export function createCsvReporter(file: string | null, context: Pick<ReporterContext, 'stdout'>): Reporter {
  return {
    name: 'csv',
    file,
    async finish(results) {
      const text = seriesCsv(results);
      if (file === null) await writeToStream(context.stdout, 'stdout', text);
      else await writeFileAtomically(file, text);
    },
  };
}
