import type { Segment } from './segment.js';

/** The live segments of a log in order. The last one is open; the others are closed and synced. */
export class SegmentList {
  readonly #segments: Segment[] = [];
  #closedBytes = 0;

  get length(): number {
    return this.#segments.length;
  }

  get active(): Segment {
    return this.#segments.at(-1)!;
  }

  get startPosition(): number {
    return this.#segments[0]!.basePosition;
  }

  get sizeBytes(): number {
    return this.#closedBytes + this.active.sizeBytes;
  }

  /** The segment becomes the last one; the one before it must not grow any more. */
  add(segment: Segment): void {
    if (this.#segments.length > 0) this.#closedBytes += this.active.sizeBytes;
    this.#segments.push(segment);
  }

  /** The oldest closed segment; null when only the open one is left. */
  oldestClosed(): Segment | null {
    return this.#segments.length > 1 ? this.#segments[0]! : null;
  }

  /** The oldest closed segment when every record in it is below `position`, otherwise null. */
  oldestBelow(position: number): Segment | null {
    return this.#segments.length > 1 && this.#segments[1]!.basePosition <= position ? this.#segments[0]! : null;
  }

  removeOldest(): void {
    this.#closedBytes -= this.#segments.shift()!.sizeBytes;
  }

  /** The last segment that begins at or before `position`; null when all begin behind it. */
  holding(position: number): Segment | null {
    return this.#segments.findLast((segment) => segment.basePosition <= position) ?? null;
  }

  /** The segment after `segment`; null for the last one, and for one that is gone. */
  after(segment: Segment): Segment | null {
    const index = this.#segments.indexOf(segment);
    return index < 0 ? null : this.#segments[index + 1] ?? null;
  }
}
