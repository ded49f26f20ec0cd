import { pageCode } from './page-code.js';

/** The only script of the page, which reads well without it: `reports/page/`, bundled. */
export const script = pageCode;
