/** What one transaction will have done when it commits. */
interface Change {
  readonly table: string;
  readonly key: number;
  readonly kind: 'insert' | 'delete';
  readonly row: unknown;
}

/**
 * The database of the services that send and receive: a server of its own, outside of the machines that faults strike. A transaction's changes are there all at
 * once when it commits, and then for good; of one whose process dies before that, nothing is. It answers at once, so what goes wrong between it and the queue is
 * the doing of those who use both.
 */
export class Database {
  readonly #tables = new Map<string, Map<number, unknown>>();

  begin(): Transaction {
    return new Transaction((changes) => this.#commit(changes));
  }

  has(table: string, key: number): boolean {
    return this.#tables.get(table)?.has(key) ?? false;
  }

  size(table: string): number {
    return this.#tables.get(table)?.size ?? 0;
  }

  /** Rows in the order in which they were inserted. */
  rows(table: string): Iterable<unknown> {
    return this.#tables.get(table)?.values() ?? [];
  }

  /** All changes, or none when a key that is inserted is there: keys are unique. */
  #commit(changes: readonly Change[]): boolean {
    if (changes.some(({ kind, table, key }) => kind === 'insert' && this.has(table, key))) return false;
    for (const { kind, table, key, row } of changes) {
      if (kind === 'insert') this.#table(table).set(key, row);
      else this.#tables.get(table)?.delete(key);
    }
    return true;
  }

  #table(name: string): Map<number, unknown> {
    const table = this.#tables.get(name) ?? new Map<number, unknown>();
    this.#tables.set(name, table);
    return table;
  }
}

/** Changes that nobody sees before they are committed. */
export class Transaction {
  readonly #changes: Change[] = [];
  readonly #commit: (changes: readonly Change[]) => boolean;

  constructor(commit: (changes: readonly Change[]) => boolean) {
    this.#commit = commit;
  }

  insert(table: string, key: number, row: unknown = null): this {
    this.#changes.push({ table, key, kind: 'insert', row });
    return this;
  }

  delete(table: string, key: number): this {
    this.#changes.push({ table, key, kind: 'delete', row: null });
    return this;
  }

  /** False: a key was there already, and nothing was changed. */
  commit(): boolean {
    return this.#commit(this.#changes.splice(0));
  }
}
