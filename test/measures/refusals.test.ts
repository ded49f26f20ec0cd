import { describe, expect, it } from 'vitest';
import { Closed, EventKind } from '../../history/index.js';
import { Stage } from './stage.js';

const refused = (stage: Stage, code: string, closed: Closed): Stage => stage.emit(EventKind.refused, stage.consumer, 0, 0, stage.recorder.name(code), closed, 0);

describe('what brokers refuse', () => {
  it('is told by its code and by what was closed for it, the most frequent first', () => {
    const stage = new Stage().at(100);
    refused(stage, '404 NOT_FOUND', Closed.channel);
    for (let time = 0; time < 3; time++) refused(stage, '403 ACCESS_REFUSED', Closed.channel);
    refused(stage, '530 NOT_ALLOWED', Closed.connection);
    refused(stage, 'InvalidParameterValue', Closed.nothing);
    const { refusals, counts } = stage.result();
    expect(refusals).toEqual([
      { code: '403 ACCESS_REFUSED', closed: 'channel', count: 3 }, { code: '404 NOT_FOUND', closed: 'channel', count: 1 }, { code: '530 NOT_ALLOWED', closed: 'connection', count: 1 },
      { code: 'InvalidParameterValue', closed: 'nothing', count: 1 },
    ]);
    expect(counts).toMatchObject({ 'channels-closed': 4, 'connections-closed': 1 });
  });

  it('has no place in the result where there is nothing', () => {
    expect(new Stage().at(100).send(1).result()).not.toHaveProperty('refusals');
  });
});
