/** Why the broker does not read from a connection. `flow`: what was published through it is more than the storage of a queue has taken. */
export const BlockReason = { memory: 1, disk: 2, memoryAndDisk: 3, flow: 4 } as const;
export type BlockReason = (typeof BlockReason)[keyof typeof BlockReason];

/** What a broker closed because of something that it refused. `nothing`: it answered with an error. */
export const Closed = { nothing: 0, channel: 1, connection: 2 } as const;
export type Closed = (typeof Closed)[keyof typeof Closed];

/** Why an end of a connection takes it for lost that nobody broke: it heard nothing for too long, or the other end had closed it. */
export const LostBy = { silence: 1, close: 2 } as const;
export type LostBy = (typeof LostBy)[keyof typeof LostBy];

/** What became of a letter that was published and is kept until it is confirmed. */
export const LetterFate = { unroutable: 0, stored: 1, refused: 2 } as const;
export type LetterFate = (typeof LetterFate)[keyof typeof LetterFate];
