import type { PackedRecording } from '../../history/index.js';

/** A recording as it stands in a page. */
export interface PagedRecording extends PackedRecording {
  /** What to jump to: instants of violations, with words. */
  readonly violations: readonly { readonly verdict: 'violated' | 'anomaly'; readonly atMicros: number; readonly message: number; readonly text: string }[];
}
