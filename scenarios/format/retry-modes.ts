const STANDARD = {
  attempts: 3, backoffBase: '100ms', backoffCap: '20s', jitter: 'full', throttledBase: '500ms', budget: { share: '20%', burst: 100, timeoutCost: 2 },
} as const;

/**
 * The retry modes of AWS SDKs, as settings. `standard` (SDK reference guide, "Retry behavior", and smithy's retry quota): 3 attempts, full jitter below 100 ms doubled up
 * to 20 s, 500 ms after throttling; a quota of 500 tokens of which a retry takes 5, after a timeout 10, and a first success brings 1. `legacy` (botocore): 5
 * attempts, full jitter below 1 s doubled, no quota. `adaptive` (botocore): as `standard`, and requests are held back after throttling.
 */
export const RETRY_MODES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  standard: STANDARD,
  adaptive: { ...STANDARD, pace: 'adaptive' },
  legacy: { attempts: 5, backoffBase: '1s', backoffCap: '20s', jitter: 'full' },
};
