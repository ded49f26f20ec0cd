export { renderContract } from './contract/render-contract.js';
export { createReporter, type ReporterName, reporterNames, reporterSummaries, takesStdout } from './create-reporter.js';
export { ReportError, ReporterFileError, ReportWriteError, UnknownReporterError } from './errors.js';
export { type FuzzFailureFate, fuzzProgressText, renderFuzz, renderFuzzFailure } from './fuzz/render-fuzz.js';
export { historyFileName, writeHistoryFile } from './history-file.js';
export { linkTarget } from './link-target.js';
export type { Progress, Reporter, ReporterContext, ReporterSpec } from './reporter.js';
export { systemReason } from './system-reason.js';
export { removeUnfinished, writeFileAtomically } from './write.js';
