/**
 * The five ports through which a node meets its world. The engine owns no clock, timer, disk, socket or randomness of its
 * own: `sim/` and `live/` each provide a `Host`, and the same engine code runs under both.
 *
 * Rules every host keeps:
 *  - a completion callback never runs inside the call that started the operation, and runs at most once;
 *  - callbacks of one file, and of one connection, run in the order of their calls;
 *  - after the node's process has ended, no callback of its incarnation runs again.
 */
export interface Host {
  readonly clock: ClockPort;
  readonly timers: TimerPort;
  readonly disk: DiskPort;
  readonly network: NetworkPort;
  readonly random: RandomPort;
}

/** Time as this machine sees it. Both in integer microseconds. */
export interface ClockPort {
  /** Never goes back, unaffected by jumps of the wall clock; its origin is arbitrary and lost on a reboot. Use it for durations. */
  monotonicMicros(): number;
  /** Microseconds since 1970-01-01 UTC as the machine believes; may jump either way. Use it only to stamp. */
  wallMicros(): number;
}

export interface TimerPort {
  /** A timer that can be armed again and again without allocating. */
  create(callback: () => void): TimerHandle;
}

/** A timer measures monotonic time. Re-arming replaces the earlier deadline. */
export interface TimerHandle {
  /** Fires once, `delayMicros` (integer, at least 0) from now. */
  arm(delayMicros: number): void;
  disarm(): void;
  readonly armed: boolean;
}

/** Draws from this node's own stream. */
export interface RandomPort {
  /** Uniform in [0, 1). */
  nextFloat(): number;
  /** Uniform integer in [0, 2^32). */
  nextUint32(): number;
}

export type DiskErrorCode = 'ENOENT' | 'EEXIST' | 'EIO' | 'ENOSPC' | 'EBADF';

/** Why a disk operation failed. A failed sync says nothing of what is on the disk: the only safe answer is to stop. */
export class DiskError extends Error {
  readonly code: DiskErrorCode;
  readonly path: string;
  constructor(code: DiskErrorCode, path: string, operation: string) {
    super(`${operation} ${path}: ${code}`);
    this.name = 'DiskError';
    this.code = code;
    this.path = path;
  }
}

/**
 * A small file system. Paths are relative, with `/` between folder and file. What is written is safe from a crash of the
 * process at once, and safe from a loss of power only after `sync` of the file and, for a file's existence or name,
 * `syncDirectory` of its folder.
 */
export interface DiskPort {
  /** Names in a folder in ascending code-unit order; an absent folder is empty. */
  list(directory: string, callback: (error: DiskError | null, names: readonly string[]) => void): void;
  /** Creates the folder (and its parents) when absent. */
  makeDirectory(directory: string, callback: (error: DiskError | null) => void): void;
  /** Opens for reading and writing. `create`: makes the file when absent, otherwise ENOENT. */
  open(path: string, options: { readonly create: boolean }, callback: (error: DiskError | null, file: DiskFile | null) => void): void;
  remove(path: string, callback: (error: DiskError | null) => void): void;
  /** Atomic in the page cache; durable after `syncDirectory`. Replaces an existing target. */
  rename(from: string, to: string, callback: (error: DiskError | null) => void): void;
  syncDirectory(directory: string, callback: (error: DiskError | null) => void): void;
  /** Bytes that can still be written, as the file system says now. */
  freeBytes(): number;
}

export interface DiskFile {
  /** Current length in bytes, as the page cache has it. */
  readonly sizeBytes: number;
  /** The bytes are taken at the call: the caller may reuse its buffer at once. */
  write(offsetBytes: number, bytes: Uint8Array, callback: (error: DiskError | null) => void): void;
  /** Fewer bytes than asked for at the end of the file. The result is the caller's. */
  read(offsetBytes: number, lengthBytes: number, callback: (error: DiskError | null, bytes: Uint8Array) => void): void;
  /** Makes the file's data and length durable. */
  sync(callback: (error: DiskError | null) => void): void;
  truncate(lengthBytes: number, callback: (error: DiskError | null) => void): void;
  close(): void;
}

/** Why a connection ended: `reset` is learnt at once, `closed` is an orderly end by the peer. Silence is learnt by timeouts only. */
export type CloseReason = 'closed' | 'reset';

/** Connections carry messages whole, in order per direction, until they end. A message is immutable once it was sent. */
export interface NetworkPort {
  /** One handler per node; called for every connection that comes in. */
  listen(accept: (connection: Connection) => ConnectionHandler): void;
  /** Opening is asynchronous: `onOpen` or `onClose` follows. Messages sent before that wait for it. */
  connect(address: string, handler: ConnectionHandler): Connection;
}

export interface Connection {
  /** Address of the other side. */
  readonly peer: string;
  /** `sizeBytes` is what the message would take on the wire; bandwidth and CPU costs follow it. No effect once ended. */
  send(message: WireMessage, sizeBytes: number): void;
  /** Orderly end: what was sent before still arrives. The own handler hears nothing more. */
  close(): void;
}

export interface ConnectionHandler {
  onOpen(): void;
  onMessage(message: WireMessage): void;
  onClose(reason: CloseReason): void;
}

/** What travels. `operation` selects its cost in a personality's cost profile. */
export interface WireMessage {
  readonly operation: string;
}
