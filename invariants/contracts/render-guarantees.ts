import { INVARIANTS } from '../catalogue.js';
import { CIRCUMSTANCES } from './circumstances.js';
import { type Configuration, LOSS_FAULTS, type LossFault, type SendFate, STORAGE_FAULTS } from './configuration.js';
import { CONFIGURATIONS } from './durability-matrix.js';
import { FAULT_MEANINGS } from './fault-meanings.js';
import { FAULT_WORDS } from './fault-words.js';
import { HANDLER_CONTRACTS } from './handlers.js';
import { INVARIANT_CONTRACTS } from './invariant-contracts.js';
import { NOT_PROMISED } from './not-promised.js';
import { PRECONDITIONS, type PreconditionId } from './preconditions.js';
import { SYSTEM_IDS, SYSTEMS } from './systems.js';

const COLUMN: Readonly<Record<LossFault, string>> = {
  'crash': 'process crash', 'power-loss': 'power loss of one node', 'failed-sync': 'failed sync', 'disk-replaced': 'disk lost', 'corruption': 'disk damaged',
  'total-power-loss': 'power loss of all nodes', 'leader-partitioned': 'leader cut off',
};

/** `docs/guarantees.md`: which configuration promises what under which fault. */
export function renderGuarantees(): string {
  return `${[introduction(), simulated(), reference(), faults(), handlers(), circumstances(), promises(), notPromised()].join('\n\n')}\n`;
}

function introduction(): string {
  return [
    '<!-- Written by renderGuarantees() in invariants/contracts/: change the data there, not this file. -->',
    '',
    '# Guarantees',
    '',
    'Which configuration promises what under which fault. A run is judged by the row that its configuration selects and by the faults that',
    'really struck: a power loss that never came excuses nothing. `queuelab explain --contract scenario.yaml` says the same of one scenario, in its own',
    'words and with its own faults marked. The promises themselves are in [invariants.md](invariants.md).',
  ].join('\n');
}

function simulated(): string {
  return [
    '## May an acknowledged send be lost?',
    '',
    'What queuelab runs today: one broker with one disk. Each message is judged by the row of its queue and of the producer that sent it, and a loss that the row allows is an',
    'anomaly with its clause. Nothing is left open in these rows.',
    '',
    table(['queue', 'configuration', ...STORAGE_FAULTS.map((fault) => COLUMN[fault])],
      CONFIGURATIONS.filter(({ isSimulated }) => isSimulated).map((row) => [row.system, row.setting, ...STORAGE_FAULTS.map((fault) => fateOf(row.fates[fault]))])),
    '',
    '`flush` is a setting of the broker and says when its one journal is synced, for all queues alike. RabbitMQ has no such setting: its classic queues write and do not sync before',
    'they confirm, its quorum queues sync. So a RabbitMQ scenario that says nothing gets `flush: never`, and `flush: always` where it has a quorum queue; with that its classic queues',
    'keep more than those of RabbitMQ do. SQS acknowledges what several zones have; here it is one disk, synced before each answer unless the scenario says otherwise.',
    '',
    'A message in a quorum queue is persistent whatever its producer says. Where a message is in several queues, none of them may lose its copy but by its own row.',
    '',
    'No fault is needed for these, and each is an anomaly of `acked-send-not-lost` with a clause of its own (see [what can excuse a breach](#what-can-excuse-a-breach)): a publish that no',
    'queue is bound for is confirmed and dropped, unless it is `mandatory` or an alternate exchange takes it; a dead letter that a full queue refuses is gone, unless',
    'dead-lettering is at least once; a publish without confirms may be refused, and nobody hears of it. What its owner lets go by a rule (age, length, delivery limit, rejection, purge) is',
    'not called lost: [dropped-with-cause](invariants.md#dropped-with-cause) judges whether the rule was due.',
    '',
    'A disk that reports errors or is full loses nothing that was acknowledged: the broker ends its process and starts again, which is a crash to what does not outlive one. Whatever strikes a client loses',
    'no acknowledged send. A send that was never answered was never promised: it may be stored not at all, once, or once for each attempt.',
  ].join('\n');
}

const REFERENCE_FAULTS = LOSS_FAULTS.filter((fault) => fault !== 'failed-sync' && fault !== 'corruption');

function reference(): string {
  const rows = CONFIGURATIONS.filter(({ isSimulated }) => !isSimulated);
  const notes = Object.entries(PRECONDITIONS).map(([, { keptWhile, otherwise }], index) => `${index + 1}. Kept while ${keptWhile}. Otherwise lost: ${otherwise}`);
  return [
    '### Other systems, and clusters (not simulated)',
    '',
    'For comparison, from their documentation and source. No run is judged by these rows: queuelab runs one broker, and of these systems the queues of SQS and RabbitMQ.',
    '',
    table(['system', 'configuration', ...REFERENCE_FAULTS.map((fault) => COLUMN[fault])],
      rows.map((row: Configuration) => [row.system, row.setting, ...REFERENCE_FAULTS.map((fault) => fateOf(row.fates[fault]))])),
    '',
    'Where it depends:',
    '',
    ...notes,
  ].join('\n');
}

function fateOf(fate: SendFate): string {
  if (fate === 'kept') return 'kept';
  if (fate === 'may-be-lost') return '**may be lost**';
  if (fate === 'not-applicable') return '–';
  if (fate === 'not-stated') return 'not stated';
  return `depends (${(Object.keys(PRECONDITIONS) as PreconditionId[]).indexOf(fate.dependsOn) + 1})`;
}

function faults(): string {
  const rows = Object.entries(FAULT_MEANINGS).map(([kind, { storage }]) => {
    const words = FAULT_WORDS[kind]!;
    return [`\`${kind}\``, storage === null ? 'nothing' : `as ${COLUMN[storage]}`, words.broker, words.producer, words.consumer];
  });
  return [
    '## What each fault means',
    '',
    table(['fault', 'to what the broker has stored', 'strikes the broker', 'strikes a producer', 'strikes a consumer'], rows),
  ].join('\n');
}

function handlers(): string {
  const rows = Object.entries(HANDLER_CONTRACTS).map(([kind, { order, promise, because }]) => [`\`${kind}\``, order, promise === 'none' ? 'nothing' : promise.replaceAll('-', ' '), because]);
  return [
    '## What handlers promise of their effects',
    '',
    'All consumers of a queue have to be of one kind; handlers of several kinds promise nothing together.',
    '',
    table(['handler', 'order of work', 'effects', 'because'], rows),
  ].join('\n');
}

function circumstances(): string {
  return [
    '## What can excuse a breach',
    '',
    table(['circumstance', 'when', 'why'], Object.entries(CIRCUMSTANCES).map(([id, { when, because }]) => [`\`${id}\``, when, because])),
  ].join('\n');
}

function promises(): string {
  const notes: string[] = [];
  const cell = (text: string): string => {
    if (!notes.includes(text)) notes.push(text);
    return `may break (${notes.indexOf(text) + 1})`;
  };
  const rows = INVARIANTS.map(({ id }) => {
    const { systems } = INVARIANT_CONTRACTS[id];
    return [`[${id}](invariants.md#${id})`, ...SYSTEM_IDS.map((system) => {
      const entry = systems[system];
      return entry === undefined ? '–' : entry === 'must' ? 'must' : cell(entry.may);
    })];
  });
  const heads = SYSTEM_IDS.map((system) => `${SYSTEMS[system].name}${SYSTEMS[system].isSimulated ? '' : ' ¹'}`);
  return [
    '## Where each promise must hold',
    '',
    table(['invariant', ...heads], rows),
    '',
    '¹ Not simulated. –: the system promises nothing of the kind. After a loss that the durability matrix allows, what follows from it is excused, too:',
    '[invariants.md](invariants.md) lists for each invariant what makes an anomaly of a breach.',
    '',
    'Where it may break:',
    '',
    ...notes.map((note, index) => `${index + 1}. ${note}`),
  ].join('\n');
}

function notPromised(): string {
  const rows = Object.entries(NOT_PROMISED).map(([id, { systems, allowed, because, stillWrong }]) =>
    [`\`${id}\``, systems.map((system) => SYSTEMS[system].name).join(', '), allowed, because, stillWrong]);
  return [
    '## What nobody promises',
    '',
    'It looks like a breach, and no invariant takes it for one.',
    '',
    table(['what', 'system', 'may be seen', 'because', 'what would be a breach'], rows),
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
