/** Where an annotation points. */
export interface AnnotationPlace {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly title: string;
}

/** A workflow command of GitHub Actions, which shows as an annotation of a file. */
export function annotation(level: 'error' | 'warning' | 'notice', { file, line, column, title }: AnnotationPlace, message: string): string {
  const properties = [
    ...(file === '' ? [] : [['file', file]]),
    ...(line === undefined ? [] : [['line', String(line)]]),
    ...(column === undefined ? [] : [['col', String(column)]]),
    ['title', title],
  ].map(([key, value]) => `${key}=${propertyText(value ?? '')}`);
  return `::${level} ${properties.join(',')}::${messageText(message)}`;
}

/** A line end would begin another command. */
const messageText = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const propertyText = (text: string): string => messageText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
