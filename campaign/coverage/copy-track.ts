const FIRST_SIZE = 4096;
/** Copies beyond this number are not followed: a run that stores so many has met what there is to meet before. */
const MAX_COPIES = 1 << 22;

/** A column of small numbers, one for each copy, that grows as copies come. */
export class CopyColumn {
  #values: Int32Array = new Int32Array(FIRST_SIZE);
  /** Copies seen are below this. */
  length = 0;

  get(copy: number): number {
    return copy < this.length ? this.#values[copy]! : 0;
  }

  set(copy: number, value: number): void {
    if (copy >= MAX_COPIES || copy < 0) return;
    if (copy >= this.#values.length) this.#grow(copy);
    this.#values[copy] = value;
    if (copy >= this.length) this.length = copy + 1;
  }

  #grow(copy: number): void {
    let size = this.#values.length;
    while (size <= copy) size *= 2;
    const values = new Int32Array(size);
    values.set(this.#values);
    this.#values = values;
  }
}
