/** The text that `init` writes: one of everything, with what it means, and a lesson that shows when it is run. */
export function scenarioTemplate(name: string, schemaPath: string): string {
  return `# yaml-language-server: $schema=${schemaPath}
#
# A consumer crashes in the middle of its work. What it had received comes back after the visibility timeout, and the
# other consumer handles it: nothing is lost, and some messages are delivered twice.

name: ${name}
description: A consumer crashes; what it held is redelivered.

# Virtual time: an hour of it takes as long as what happens in it.
duration: 60s
seed: 1

broker:
  # When what was accepted reaches the disk: always (before the answer), interval, or never.
  flush: always

network:
  # A distribution with a colon or, inside { }, a comma needs quotes to be YAML that editors understand.
  latency: "lognormal(p50: 250us, p99: 1ms)"

queues:
  orders:
    visibilityTimeout: 30s
    # After three receives without acknowledgement, the next attempt moves a message to the dead-letter queue.
    deadLetter: { queue: orders-dlq, maxReceiveCount: 3 }
  orders-dlq: {}

producers:
  web:
    queue: orders
    # A Poisson process of about 13 messages a second. Evenly spaced would be \`rate: 13/s\`.
    interval: exponential(75ms)
    size: uniform(100B, 2KiB)

consumers:
  worker:
    queue: orders
    # worker-1 and worker-2, each on a machine of its own.
    count: 2
    concurrency: 4
    handler:
      time: exponential(500ms)

faults:
  - at: 20s
    fault: crash
    target: worker-1
    for: 10s

expect:
  acked-send-not-lost: holds
  lease-not-early: holds
  thresholds:
    - p99(send) < 100ms
    # At least one message was received by both consumers.
    - count(duplicates) > 0
    - count(dead-lettered) == 0
`;
}
