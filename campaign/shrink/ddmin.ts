/** Whether so much is enough. */
export type Keeps<T> = (items: readonly T[]) => Promise<boolean>;

/**
 * Delta debugging (Zeller and Hildebrandt 2002, complements only): the items that cannot be left out one by one. It begins with
 * leaving out all, then halves, quarters and so on; what is left out stays out. `items` are known to be enough.
 *
 * @param patience it gives up when so many attempts after one another failed
 */
export async function ddmin<T>(items: readonly T[], keepsAny: Keeps<T>, patience = Infinity): Promise<readonly T[]> {
  let failures = 0;
  const keeps: Keeps<T> = async (fewer) => {
    if (failures >= patience) return false;
    const isEnough = await keepsAny(fewer);
    failures = isEnough ? 0 : failures + 1;
    return isEnough;
  };
  if (items.length === 0 || await keeps([])) return [];
  let rest = items;
  for (let size = Math.ceil(rest.length / 2); size >= 1;) {
    const before = rest.length;
    rest = await withoutChunks(rest, size, keeps);
    // At single items what was kept before may be superfluous now.
    const goesOn = size > 1 || rest.length < before;
    size = size > 1 ? Math.ceil(size / 2) : goesOn && rest.length > 1 ? 1 : 0;
  }
  return rest;
}

async function withoutChunks<T>(items: readonly T[], size: number, keeps: Keeps<T>): Promise<readonly T[]> {
  let rest = items;
  // From the end: what comes last is mostly the consequence of what came first.
  for (let end = rest.length; end > 0; end -= size) {
    if (rest.length <= 1) break;
    const fewer = [...rest.slice(0, Math.max(0, end - size)), ...rest.slice(end)];
    if (fewer.length < rest.length && fewer.length > 0 && await keeps(fewer)) rest = fewer;
  }
  return rest;
}
