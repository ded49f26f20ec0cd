export { createReporter, type ReporterName, reporterNames, reporterSummaries, takesStdout } from './create-reporter.js';
export { ReportError, ReporterFileError, ReportWriteError, UnknownReporterError } from './errors.js';
export type { Progress, Reporter, ReporterContext, ReporterSpec } from './reporter.js';
export { writeFileAtomically } from './write.js';
