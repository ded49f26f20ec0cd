import { EventKind, type Recorder, StoryCollector, tellStory } from '../../history/index.js';
import { recording } from './recording.js';

export const second = 1_000_000;

/** A recorder that keeps nothing, and a collector: what a runner has when it runs a seed again for a story. */
export function stage(message = 17) {
  const { recorder, time } = recording('off');
  const collector = new StoryCollector(message);
  recorder.subscribe(collector);
  const producer = recorder.name('producer-1');
  const broker = recorder.name('broker');
  const consumer = recorder.name('consumer-1');
  const jobs = recorder.name('jobs');
  const at = (seconds: number): void => void (time.now = seconds * second);
  const emit: Recorder['emit'] = (...row) => {
    recorder.emit(...row);
  };
  const lines = (): string[] => {
    recorder.flush();
    return tellStory(message, collector.rows(), recorder.names).map((step) => `${step.atMicros / second} ${step.actor}: ${step.text}`);
  };
  const grant = (serial: number): number => {
    const handle = 5 * 1_048_576 + serial;
    emit(EventKind.leaseGrant, broker, consumer, jobs, message, 5, handle, serial, 30 * second);
    return handle;
  };
  const accept = (): void => {
    emit(EventKind.accept, broker, 0, jobs, message, 5, 0, 100, 0);
  };
  return { recorder, at, emit, lines, grant, accept, collector, message, producer, broker, consumer, jobs };
}
