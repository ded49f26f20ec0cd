import type { TestProject } from 'vitest/node';
import { startRabbitmq } from '../../tools/rabbitmq.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    rabbitmqUrl: string;
    rabbitmqVersion: string;
    rabbitmqManagement: string;
  }
}

/** One server for all tests of this project. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, management, version, stop } = await startRabbitmq();
  project.provide('rabbitmqUrl', url);
  project.provide('rabbitmqVersion', version);
  project.provide('rabbitmqManagement', management);
  return stop;
}
