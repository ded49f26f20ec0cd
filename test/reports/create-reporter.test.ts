import { describe, expect, it } from 'vitest';
import { createReporter, ReporterFileError, reporterNames, reporterSummaries, takesStdout, UnknownReporterError } from '../../reports/index.js';
import { keptContext } from './streams.js';

describe('createReporter', () => {
  it('makes each reporter that is listed, and each has a summary', async () => {
    expect([...reporterNames]).toEqual(['pretty', 'json', 'csv', 'html', 'junit', 'tap', 'jsonl', 'github']);
    for (const name of reporterNames) {
      const reporter = await createReporter({ name, file: null }, keptContext());
      expect(reporter.name).toBe(name);
      expect(reporterSummaries[name]).toMatch(/\.$/);
    }
  });

  it.each(['nonsense', 'toString', '__proto__', ''])('refuses the name "%s" and names the ones there are', async (name) => {
    await expect(createReporter({ name, file: null }, keptContext())).rejects.toThrow(UnknownReporterError);
    await expect(createReporter({ name, file: null }, keptContext())).rejects.toMatchObject({
      code: 'QL_REPORT_UNKNOWN_REPORTER', message: expect.stringContaining('pretty, json, csv, html, junit, tap, jsonl, github'),
    });
  });

  it('gives the terminal reporter no file', async () => {
    await expect(createReporter({ name: 'pretty', file: 'a.txt' }, keptContext())).rejects.toThrow(ReporterFileError);
  });

  it('has a file of its own for the page', async () => {
    expect((await createReporter({ name: 'html', file: null }, keptContext())).file).toBe('queuelab-report.html');
  });

  it('knows which reports go to stdout', () => {
    const toStdout = reporterNames.filter((name) => takesStdout({ name, file: null }));
    expect(toStdout).toEqual(['json', 'csv', 'junit', 'tap', 'jsonl']);
    expect(takesStdout({ name: 'json', file: 'a.json' })).toBe(false);
  });
});
