/** Bytes of a request beside what its entries hold: method, names, credentials. */
export const REQUEST_BYTES = 128;
/** Bytes of one entry beside its body: identifiers, attributes. */
export const ENTRY_BYTES = 32;
