/** Version of queuelab; part of what a fingerprint holds for. The same as in `package.json`. */
export const VERSION = '0.1.0';
