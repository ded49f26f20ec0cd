/** What messages of the broker take on the wire, in bytes: a rough figure of an HTTP protocol with small JSON bodies. */
export const REPLY_BYTES = 128;
/** For each message or result in a reply, beside its body: ids, handle, attributes. */
export const REPLY_ENTRY_BYTES = 64;
