/** What the operations speak of. Few, so that they meet. */
export const QUEUES = ['q1', 'q2', 'q3'] as const;
export const EXCHANGES = ['x1', 'x2', 'x3'] as const;
