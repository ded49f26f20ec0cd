export type { DeadLetterSettings, QueuePolicy, QueueSettings } from './settings.js';
