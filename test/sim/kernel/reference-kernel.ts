/** What a kernel must do, in the plainest way: a list that is searched from end to end. */
export class ReferenceKernel {
  now = 0;
  executed = 0;
  private readonly events = new Map<number, { readonly time: number; readonly fire: () => void }>();
  private sequence = 0;

  get pending(): number {
    return this.events.size;
  }

  schedule<T>(time: number, handler: (argument: T) => void, argument: T): number {
    this.events.set(++this.sequence, { time, fire: () => handler(argument) });
    return this.sequence;
  }

  cancel(id: number): boolean {
    return this.events.delete(id);
  }

  nextTime(): number {
    return this.first()?.time ?? Infinity;
  }

  step(): boolean {
    const first = this.first();
    if (first === undefined) return false;
    this.events.delete(first.id);
    this.now = first.time;
    this.executed++;
    first.fire();
    return true;
  }

  runUntil(time: number): void {
    while (this.nextTime() <= time) this.step();
    this.now = time;
  }

  run(): void {
    while (this.step());
  }

  /** A map keeps insertion order, so the first of the smallest is the one with the lowest sequence. */
  private first(): { id: number; time: number; fire: () => void } | undefined {
    let first: { id: number; time: number; fire: () => void } | undefined;
    for (const [id, { time, fire }] of this.events) {
      if (first === undefined || time < first.time) first = { id, time, fire };
    }
    return first;
  }
}
