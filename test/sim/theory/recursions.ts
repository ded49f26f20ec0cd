/** Lindley's recursion: waits of one server's customers from their arrival and service times alone. */
export function lindleyWaits(arrivals: Float64Array, services: Float64Array): Float64Array {
  const waits = new Float64Array(arrivals.length);
  for (let n = 1; n < arrivals.length; n++) {
    waits[n] = Math.max(0, waits[n - 1]! + services[n - 1]! - (arrivals[n]! - arrivals[n - 1]!));
  }
  return waits;
}

/** Kiefer's and Wolfowitz' recursion: the same for several servers, by the sorted vector of their unfinished work. */
export function kieferWolfowitzWaits(arrivals: Float64Array, services: Float64Array, servers: number): Float64Array {
  const waits = new Float64Array(arrivals.length);
  let work = new Array<number>(servers).fill(0);
  for (let n = 0; n < arrivals.length; n++) {
    const elapsed = n === 0 ? 0 : arrivals[n]! - arrivals[n - 1]!;
    work = work.map((left) => Math.max(0, left - elapsed));
    waits[n] = work[0]!;
    work[0]! += services[n]!;
    work.sort((a, b) => a - b);
  }
  return waits;
}
