/** Grants of one copy that are told apart. */
const MAX_GRANTS = 64;

/** When handles were granted that a later receive has replaced, by copy. Of copies that were leased once there is nothing. */
export class ReplacedHandles {
  readonly #grants = new Map<number, { readonly handle: number; readonly atMicros: number }[]>();

  add(copy: number, handle: number, atMicros: number): void {
    const grants = this.#grants.get(copy);
    if (grants === undefined) this.#grants.set(copy, [{ handle, atMicros }]);
    else if (grants.push({ handle, atMicros }) > MAX_GRANTS) grants.shift();
  }

  /** Null: it is not known. */
  grantedAt(copy: number, handle: number): number | null {
    return this.#grants.get(copy)?.find((grant) => grant.handle === handle)?.atMicros ?? null;
  }

  forget(copy: number): void {
    this.#grants.delete(copy);
  }

  /** After a recovery all handles begin to grow old anew. */
  forgetAll(): void {
    this.#grants.clear();
  }
}
