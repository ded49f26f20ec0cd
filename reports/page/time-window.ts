/** A stretch of virtual time. */
export interface TimeWindow {
  readonly fromMicros: number;
  readonly toMicros: number;
}

/** A window is no shorter than this share of the whole. */
const MIN_SHARE = 1 / 2_000;

/** Moves and cuts a window so that it lies in the run and is not too short to show anything. */
export function fitted({ fromMicros, toMicros }: TimeWindow, endMicros: number): TimeWindow {
  const span = Math.min(endMicros, Math.max(toMicros - fromMicros, endMicros * MIN_SHARE, 1));
  const from = Math.min(Math.max(0, fromMicros), endMicros - span);
  return { fromMicros: from, toMicros: from + span };
}

/** Makes a window longer or shorter by a factor, with an instant at its place. */
export function zoomed({ fromMicros, toMicros }: TimeWindow, factor: number, aroundMicros: number): TimeWindow {
  const around = Math.min(Math.max(aroundMicros, fromMicros), toMicros);
  return { fromMicros: around - (around - fromMicros) * factor, toMicros: around + (toMicros - around) * factor };
}

/** Moves a window by a share of its length. */
export function moved({ fromMicros, toMicros }: TimeWindow, share: number): TimeWindow {
  const by = (toMicros - fromMicros) * share;
  return { fromMicros: fromMicros + by, toMicros: toMicros + by };
}

const MAX_TICKS = 8;

/** Round instants of a window, in a unit. */
export function ticksOf({ fromMicros, toMicros }: TimeWindow, unitMicros: number): number[] {
  const from = fromMicros / unitMicros;
  const to = toMicros / unitMicros;
  let step = 10 ** Math.floor(Math.log10((to - from) / MAX_TICKS));
  for (const factor of [2, 2.5, 2]) if ((to - from) / step > MAX_TICKS) step *= factor;
  const ticks: number[] = [];
  for (let tick = Math.ceil(from / step); tick * step <= to * (1 + 1e-12); tick++) ticks.push(Number((tick * step).toPrecision(12)));
  return ticks;
}
