import type { ScenarioContract } from '../../scenarios/index.js';
import { formatDuration } from '../words/numbers.js';
import { paragraph, type Terminal } from '../pretty/terminal.js';
import { effectWords } from './effect-words.js';
import { pushWords } from './push-words.js';
import { queueWords } from './queue-words.js';
import { scheduleBlock } from './schedule-block.js';
import { sendsBlock } from './sends-block.js';

/** The contract of a scenario, for a terminal. */
export function contractText(contract: ScenarioContract, terminal: Terminal): string {
  const blocks = [
    headBlock(contract, terminal),
    sendsBlock(contract, terminal),
    ...contract.queues.map((_, index) => queueBlock(contract, index, terminal)),
    alwaysBlock(contract, terminal),
    exceptBlock(contract, terminal),
    drainBlock(contract, terminal),
    notPromisedBlock(contract, terminal),
    scheduleBlock(contract, terminal),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function headBlock({ scenario, broker }: ScenarioContract, terminal: Terminal): string {
  const { text, strong, quiet, columns } = terminal;
  return [
    `${strong(`What ${text(scenario.name)} promises`)}  ${quiet(text(scenario.file))}`,
    paragraph(text(`The broker ${broker.name} is ${broker.configuration}. ${broker.answers}`), 2, columns),
  ].join('\n');
}

function queueBlock(contract: ScenarioContract, index: number, terminal: Terminal): string {
  const { text, strong, columns } = terminal;
  const { name, deadLetter, handlers, effects } = contract.queues[index]!;
  const terms = contract.settings[index]!;
  const sentences = [...(terms.push === null ? queueWords(terms, deadLetter) : pushWords(terms.push)), effectWords(handlers, effects)];
  return [`  ${strong(`Queue ${text(name)}`)}`, ...sentences.map((sentence) => bullet(text(sentence), columns))].join('\n');
}

function alwaysBlock({ always }: ScenarioContract, { text, strong, good, symbols, columns }: Terminal): string {
  const rows = always.map(({ invariant, promise }) => `    ${good(symbols.good)} ${text(invariant)}\n${paragraph(text(promise), 8, columns)}`);
  return [`  ${strong('Must hold, whatever strikes')}`, ...rows].join('\n');
}

function exceptBlock({ except }: ScenarioContract, { text, strong, noted, quiet, symbols, columns }: Terminal): string {
  if (except.length === 0) return '';
  const exceptions = new Map(except.flatMap(({ when }) => when.map((exception) => [exception.circumstance, exception] as const)));
  const numbers = [...exceptions.keys()];
  const legend = [...exceptions.values()].map(({ when, because }, index) => paragraph(text(`${index + 1}. ${capital(when)}: ${because}`), 4, columns));
  const rows = except.map(({ invariant, promise, when }) => [
    `    ${noted(symbols.noted)} ${text(invariant)}  ${quiet(`exceptions ${when.map(({ circumstance }) => numbers.indexOf(circumstance) + 1).join(', ')}`)}`,
    paragraph(text(promise), 8, columns),
  ].join('\n'));
  return [
    `  ${strong('Must hold, with exceptions')}`,
    paragraph('A breach that an exception covers is counted as an anomaly and fails no run. The exceptions that this configuration allows:', 4, columns),
    ...legend,
    ...rows,
  ].join('\n');
}

const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);

function drainBlock({ drain }: ScenarioContract, { strong, text, columns }: Terminal): string {
  const whom = drain.heal === 'all'
    ? 'Every machine is healed.'
    : 'The broker and a random majority of the producers and of the consumers of each queue are healed; the rest stays dead for good.';
  const then = `Within ${formatDuration(drain.withinMicros)} after that every queue that someone consumes is empty and every outcome is known, or the verdict of drains says what is stuck, where and why.`;
  return [`  ${strong('When faults stop')}`, paragraph(text(`${whom} ${then}`), 4, columns)].join('\n');
}

function notPromisedBlock(contract: ScenarioContract, { strong, text, columns }: Terminal): string {
  const sentences = [
    'What became of a send without an answer: its message may be stored not at all, once, or once for each attempt.',
    ...(contract.settings.some(({ push }) => push !== null) ? ['That a publish which no queue is bound for is kept: it is confirmed and dropped, unless it is mandatory (then it comes back first) or an alternate exchange takes it.'] : []),
    orderOpen(contract),
    'That anything happens within a time while faults go on; afterwards, within the drain.',
    ...(contract.queues.some(({ handlers }) => handlers.length === 0) ? ['That anybody empties a queue which nobody consumes.'] : []),
  ];
  return [`  ${strong('Promised by nobody')}`, ...sentences.map((sentence) => bullet(text(sentence), columns))].join('\n');
}

function orderOpen({ settings }: ScenarioContract): string {
  if (settings.some(({ kind }) => kind === 'standard')) return 'That a message is delivered only once, or in the order in which it was sent.';
  return settings.some(({ kind }) => kind === 'fifo')
    ? 'That a message is delivered only once, or after those of other groups that were sent before it.'
    : 'That a message is delivered only once, or that what is handed out in order is handled in order, where there are several consumers or messages come back.';
}

const bullet = (sentence: string, columns: number): string => `    -${paragraph(sentence, 6, columns).slice(5)}`;
