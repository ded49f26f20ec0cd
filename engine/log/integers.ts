/** An unsigned 64-bit field, little endian, that holds what a JavaScript number holds exactly: 0 to 2^53 - 1. */
export function setUint53(view: DataView, at: number, value: number): void {
  view.setUint32(at, value >>> 0, true);
  view.setUint32(at + 4, Math.floor(value / 0x1_0000_0000), true);
}

/** Values from 2^53 on come back inexact, and so above every position. */
export function getUint53(view: DataView, at: number): number {
  return view.getUint32(at + 4, true) * 0x1_0000_0000 + view.getUint32(at, true);
}
