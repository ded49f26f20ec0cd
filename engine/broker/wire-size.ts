/** What messages of the broker take on the wire, in bytes: a rough figure of an HTTP protocol with small JSON bodies. */
export const REPLY_BYTES = 128;
/** For each message or result in a reply, beside its body: ids, handle, attributes. */
export const REPLY_ENTRY_BYTES = 64;
/** Bytes of a question whether the client is there, and of its answer. */
export const KEEP_ALIVE_BYTES = 16;
