/** Messages of a queue by state, as the queue tells them. */
export interface QueueCounts {
  readonly ready: number;
  readonly leased: number;
  readonly delayed: number;
}
