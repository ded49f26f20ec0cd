export interface RunningRabbitmq {
  readonly url: string;
  /** Of its management interface. */
  readonly management: string;
  readonly version: string;
  stop(): Promise<void>;
}
export declare class RabbitmqNotReady extends Error {}
export declare function findRabbitmq(): string | null;
export declare function startRabbitmq(script?: string | null): Promise<RunningRabbitmq>;
