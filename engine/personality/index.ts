export type { Personality, RequestCosts } from './personality.js';
