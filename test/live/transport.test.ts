import { expect, it } from 'vitest';
import type { Connection } from '../../engine/index.js';
import { createLiveFixture } from './live-fixture.js';

it('a connection that the listener closes at once ends at the other side too', async () => {
  const fixture = await createLiveFixture();
  try {
    fixture.two.host.network.listen((connection: Connection) => {
      connection.close();
      return { onOpen: () => undefined, onMessage: () => undefined, onClose: () => undefined };
    });
    const heard: string[] = [];
    fixture.one.host.network.connect(fixture.two.address, {
      onOpen: () => heard.push('open'), onMessage: () => heard.push('message'), onClose: (reason) => heard.push(reason),
    });
    await fixture.until(() => heard.includes('closed'));
    expect(heard.at(-1)).toBe('closed');
  } finally {
    await fixture.dispose();
  }
});
