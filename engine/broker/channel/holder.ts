/** A connection that is not read while a channel of it has no credit left. */
export interface Holder {
  /** One more of its channels has used up its credit, or one less. */
  closed(): void;
  opened(): void;
  /** It may be held back no more. */
  look(): void;
}
