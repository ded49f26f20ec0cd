import { describe, expect, it } from 'vitest';
import { codeFrame } from '../../../scenarios/format/code-frame.js';
import { Source } from '../../../scenarios/format/source.js';

const source = new Source('x.yaml', 'queues:\n  orders:\n    visibiltyTimeout: 30s\n    delay: 5s\n  other: {}\nname: x\n');
const spanOf = (text: string, within: Source = source) => {
  const start = within.text.indexOf(text);
  return { start, end: start + text.length };
};

describe('codeFrame', () => {
  it('shows two lines before and after, and marks the span', () => {
    expect(codeFrame(source, spanOf('visibiltyTimeout'))).toBe(
      ['  1 | queues:', '  2 |   orders:', '> 3 |     visibiltyTimeout: 30s', '    |     ^^^^^^^^^^^^^^^^', '  4 |     delay: 5s', '  5 |   other: {}'].join('\n'),
    );
  });

  it('shows the first and the last line without inventing others', () => {
    expect(codeFrame(source, spanOf('queues'))).toBe(
      ['> 1 | queues:', '    | ^^^^^^', '  2 |   orders:', '  3 |     visibiltyTimeout: 30s'].join('\n'),
    );
    expect(codeFrame(source, spanOf('name'))).toBe(
      ['  4 |     delay: 5s', '  5 |   other: {}', '> 6 | name: x', '    | ^^^^'].join('\n'),
    );
  });

  it('marks the first line only of a span of several', () => {
    expect(codeFrame(source, { start: source.text.indexOf('orders'), end: source.text.length })).toContain('> 2 |   orders:\n    |   ^^^^^^^\n');
  });

  it('marks a place when the span is empty, also in an empty text', () => {
    expect(codeFrame(new Source('x.yaml', ''), { start: 0, end: 0 })).toBe('> 1 |\n    | ^');
  });

  it('cuts a long line around the mistake', () => {
    const long = new Source('x.yaml', `${'a'.repeat(5_000)}WRONG${'b'.repeat(5_000)}`);
    const [line = '', marks = ''] = codeFrame(long, spanOf('WRONG', long)).split('\n');
    expect(line.length).toBeLessThan(120);
    expect(marks.indexOf('^')).toBe(line.indexOf('WRONG'));
    expect(marks.trimStart().endsWith('^^^^^')).toBe(true);
  });

  it('aligns the numbers of lines', () => {
    const many = new Source('x.yaml', Array.from({ length: 12 }, (_, index) => `line${index + 1}`).join('\n'));
    expect(codeFrame(many, spanOf('line9', many)).split('\n')[0]).toBe('   7 | line7');
  });

  it('lets nothing through that could act on a terminal', () => {
    const nasty = new Source('x.yaml', 'name: "\u001b[31mred\u202e"\n');
    const frame = codeFrame(nasty, spanOf('name', nasty));
    expect([...'\u001b\u202e'].filter((character) => frame.includes(character))).toEqual([]);
  });
});
