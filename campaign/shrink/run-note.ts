/** What a file that `shrink` left says of its run. */
export interface RunNote {
  readonly fingerprint: string;
  /** Of queuelab. */
  readonly version: string;
  readonly mutants: readonly string[];
}

/** As a sentence for the head of the file, which {@link readRunNote} finds again. */
export const noteOfRun = ({ fingerprint, version, mutants }: RunNote): string =>
  `Its run has the fingerprint ${fingerprint} (queuelab ${version}${mutants.map((mutant) => ` --mutant ${mutant}`).join('')}), which \`queuelab replay\` compares.`;

const NOTE = /Its run has the fingerprint ([0-9a-f]{32}) \(queuelab ([^\s)]+)((?: --mutant [\w-]+)*)\)/;

/** What the comments of a scenario file say of its run; null when they say nothing. */
export function readRunNote(text: string): RunNote | null {
  // A comment goes on in the next line.
  const comments = text.split(/\r?\n/).filter((line) => line.startsWith('#')).map((line) => line.replace(/^#\s*/, '')).join(' ');
  const [, fingerprint, version, mutants = ''] = NOTE.exec(comments) ?? [];
  if (fingerprint === undefined || version === undefined) return null;
  return { fingerprint, version, mutants: mutants.split(' --mutant ').filter((name) => name !== '') };
}
