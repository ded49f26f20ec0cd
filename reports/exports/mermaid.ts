import { formatInstant } from '../../history/index.js';
import { machinesOf } from '../diagram/machines.js';
import type { StoryStep } from '../run-result.js';

/** Steps of a diagram; more cannot be read. */
const MAX_STEPS = 200;

/** The life of a message as a Mermaid sequence diagram, for documents that draw such text. */
export function mermaidOf(story: readonly StoryStep[]): string {
  const machines = machinesOf(story);
  const id = (machine: string): string => `m${machines.indexOf(machine)}`;
  const broker = story.find(({ event }) => event === 'accept' || event === 'lease-grant')?.actor;
  const lines = story.slice(0, MAX_STEPS).flatMap((step) => {
    const { event, actor, peer, text } = step;
    if (!machines.includes(actor)) return actor === '' && machines.length > 0 ? [`  Note over ${id(machines[0]!)}: ${words(step, text)}`] : [];
    if (event === 'lease-grant' && peer !== undefined && machines.includes(peer)) return [`  ${id(actor)}->>${id(peer)}: ${words(step, text)}`];
    if (broker !== undefined && actor !== broker && /-(invoke|attempt)$/.test(event)) return [`  ${id(actor)}->>${id(broker)}: ${words(step, text)}`];
    if (broker !== undefined && actor !== broker && /-ok$/.test(event)) return [`  ${id(broker)}-->>${id(actor)}: ${words(step, text)}`];
    if (broker !== undefined && actor !== broker && /-(info|fail)$/.test(event)) return [`  ${id(broker)}--x${id(actor)}: ${words(step, text)}`];
    return [`  Note over ${id(actor)}: ${words(step, text)}`];
  });
  const left = story.length - MAX_STEPS;
  const more = left > 0 ? [`  Note over ${id(machines[0] ?? '')}: and ${left} more steps`] : [];
  return `${['sequenceDiagram', ...machines.map((machine) => `  participant ${id(machine)} as ${safe(machine)}`), ...lines, ...more].join('\n')}\n`;
}

const words = ({ atMicros }: StoryStep, text: string): string => `${formatInstant(atMicros)} ${safe(text)}`;

/** Characters with a meaning of their own in Mermaid become entities, and line ends spaces. */
const safe = (text: string): string => text.replace(/\s+/g, ' ').replace(/[#;:<>{}"\\%]/g, (character) => `#${character.charCodeAt(0)};`);
