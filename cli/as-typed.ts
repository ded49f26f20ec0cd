/** Flags that have two names, by the one that messages use. */
const LONG_NAMES: Readonly<Record<string, string>> = { '-j': '--jobs' };

/** A message that begins with a flag, with that as it stands on the command line: nobody looks for a name that they did not write. */
export function asTyped(message: string, args: readonly string[]): string {
  const [flag = ''] = message.split(' ', 1);
  const long = LONG_NAMES[flag];
  const isLong = long !== undefined && args.some((argument) => argument === long || argument.startsWith(`${long}=`));
  return isLong ? `${long}${message.slice(flag.length)}` : message;
}
