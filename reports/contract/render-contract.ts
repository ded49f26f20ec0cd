import type { ScenarioContract } from '../../scenarios/index.js';
import type { ReporterContext } from '../reporter.js';
import { terminal } from '../pretty/terminal.js';
import { contractText } from './contract-text.js';

/** What a scenario promises, for a terminal of this kind. */
export function renderContract(contract: ScenarioContract, context: Pick<ReporterContext, 'color' | 'unicode' | 'columns'>): string {
  return contractText(contract, terminal(context));
}
