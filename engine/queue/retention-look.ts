/** Retention is measured on the wall clock, which is looked at so often while messages are stored. */
export const RETENTION_LOOK_MICROS = 10_000_000;
