export { BANDWIDTH, COUNT, DRIFT, DURATION, FACTOR, FRACTION, NUMBER, RATE, SIZE, TIME_SHIFT, type Dimension } from './dimension.js';
export { formatBandwidth, formatDuration, formatNumber, formatPercent, formatQuantity, formatRate, formatSize } from './format-quantity.js';
export { parseQuantity, quantityHint } from './parse-quantity.js';
