export { type Binding, bindingId, type BindingRequest, type BindingTarget, type Headers, type HeaderValue } from './binding.js';
export type { Destination } from './destination.js';
export { RoutingError, type RoutingErrorKind } from './errors.js';
export { EXCHANGE_TYPES, type Exchange, type ExchangeSettings, type ExchangeType } from './exchange.js';
export { HEADER_MATCHES, type HeaderMatch } from './header-bindings.js';
export { DEFAULT_EXCHANGE, Router, type RouterOptions, type TopologyListener } from './router.js';
