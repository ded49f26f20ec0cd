import { readFileSync } from 'node:fs';

/** The text of a file: UTF-8, or UTF-16 as a Windows shell redirects it. The mark that may stand before either is no part of it. */
export function readText(path: string): string {
  const bytes = readFileSync(path);
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}
