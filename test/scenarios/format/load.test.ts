import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadScenario } from '../../../scenarios/format/load.js';
import { GOOD, errorOf } from './given.js';

const folder = mkdtempSync(join(tmpdir(), 'queuelab-load-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const load = (path: string) => () => loadScenario(path, { name: 'demo.yaml' });
const messageOf = (path: string): string => errorOf(load(path)).message;

describe('loadScenario', () => {
  it('keeps the name it was given and the hash of the bytes', () => {
    const scenario = load(file('good.yaml', GOOD))();
    expect([scenario.file, scenario.sha256]).toEqual(['demo.yaml', createHash('sha256').update(GOOD).digest('hex')]);
  });

  it('takes a byte order mark and Windows line ends', () => {
    expect(load(file('windows.yaml', `\ufeff${GOOD.replaceAll('\n', '\r\n')}`))().name).toBe('demo');
  });

  it('reads trace files beside the scenario', () => {
    mkdirSync(join(folder, 'inner'));
    file('inner/gaps.csv', 'gap\n10ms\n20ms\n');
    const scenario = load(file('inner/traced.yaml', GOOD.replace('rate: 10/s', 'interval: trace(gaps.csv)')))();
    expect(scenario.producers[0]?.interval).toEqual({ kind: 'trace', file: 'gaps.csv', values: [10_000, 20_000] });
  });
});

describe('a file that cannot be a scenario', () => {
  it('missing', () => {
    expect(messageOf(join(folder, 'gone.yaml'))).toBe('demo.yaml: QL_SCENARIO_NOT_FOUND\n  There is no such file.');
    expect(messageOf(join(file('plain', 'x'), 'below.yaml'))).toContain('QL_SCENARIO_NOT_FOUND');
  });

  it('a directory', () => {
    expect(messageOf(folder)).toBe('demo.yaml: QL_SCENARIO_NOT_A_FILE\n  This is a directory, not a file.\n  Expected a YAML file.');
  });

  it('a device that never ends', () => {
    expect(messageOf('/dev/zero')).toContain('QL_SCENARIO_NOT_A_FILE\n  This is a device, not a file.');
  });

  it('a pipe that nobody writes to', () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(messageOf(pipe)).toContain('QL_SCENARIO_NOT_A_FILE\n  This is a pipe, not a file.');
  });

  it('a link to itself', () => {
    symlinkSync('loop.yaml', join(folder, 'loop.yaml'));
    expect(messageOf(join(folder, 'loop.yaml'))).toBe('demo.yaml: QL_SCENARIO_UNREADABLE\n  The file cannot be read: its symbolic links lead in a circle.');
  });

  it('2 MB', () => {
    expect(messageOf(file('large.yaml', `${GOOD}# ${'x'.repeat(2_000_000)}\n`))).toMatch(
      /^demo\.yaml: QL_SCENARIO_TOO_LARGE\n {2}The file has 2000\d\d\d bytes, more than the 1MiB that are read\.$/,
    );
  });

  it('binary', () => {
    expect(messageOf(file('nul.yaml', Buffer.from('name: a\n\0\0')))).toBe(
      'demo.yaml: QL_SCENARIO_NOT_TEXT\n  The file is not text: line 2, column 1 holds a NUL byte.\n  Expected a YAML file in UTF-8.',
    );
    expect(messageOf(file('latin1.yaml', Buffer.from('name: a\nsize: \xe9\n', 'latin1')))).toContain(
      'The file is not text: line 2, column 7 holds the byte 0xe9, which is not UTF-8.',
    );
  });

  it('empty', () => {
    expect(messageOf(file('empty.yaml', ''))).toContain('demo.yaml:1:1: QL_SCENARIO_EMPTY\n  The file is empty.');
  });
});

describe('a trace file that cannot be used', () => {
  const traced = (trace: string): string => file('trace.yaml', GOOD.replace('rate: 10/s', `interval: trace(${trace})`));

  it.each([
    ['missing', 'gone.csv', () => undefined, 'The trace file "gone.csv" cannot be used: There is no such file.'],
    ['a directory', '.', () => undefined, 'The trace file "." cannot be used: This is a directory, not a file.'],
    ['too large', 'large.csv', () => file('large.csv', '1ms\n'.repeat(300_000)), 'The trace file "large.csv" cannot be used: The file has 1200000 bytes'],
    ['too long', 'long.csv', () => file('long.csv', '1ms\n'.repeat(100_001)), '"long.csv" has more than 100000 values.'],
    ['empty', 'empty.csv', () => file('empty.csv', ''), '"empty.csv" has no values.'],
  ])('%s', (_what, name, write, message) => {
    write();
    const shown = messageOf(traced(name));
    expect(shown).toContain(`demo.yaml:10:21: QL_SCENARIO_BAD_TRACE\n  ${message}`);
  });

  it('with a line that is no value: the place is in the trace', () => {
    file('bad.csv', 'gap\n10ms\nsoon\n');
    expect(messageOf(traced('bad.csv'))).toBe(`\
bad.csv:3:1: QL_SCENARIO_BAD_TRACE
  "soon" is not a duration.
      1 | gap
      2 | 10ms
    > 3 | soon
        | ^^^^
  Expected a duration in us, ms, s, min, h or d, such as 250ms, 30s or 1h 30min.`);
  });
});
