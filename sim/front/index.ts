export type { Front, FrontConnection } from './front.js';
export { REQUEST_KINDS, type RequestKind, ServiceFront, type ServiceRule } from './service-front.js';
