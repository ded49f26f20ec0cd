import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodeToken } from '../../campaign/index.js';
import { queuelab, quickScenario } from './given.js';

const ORDERS = quickScenario('orders');
const foreign = (over: Partial<Parameters<typeof encodeToken>[0]>): string => encodeToken({ source: ORDERS, mutants: [], fingerprint: '0'.repeat(32), version: '99.9.0', ...over });

/** A token whose checksum is right, whatever it holds. */
function sealed(content: Buffer): string {
  const body = content.toString('base64url');
  return `ql1.${createHash('sha256').update(body).digest('hex').slice(0, 8)}${body}`;
}

describe('a token that this version did not write', () => {
  it('is replayed, with spaces around it, too', async () => {
    const { code, stdout } = await queuelab(['replay', `  ${foreign({})}\n`]);
    expect(code).toBe(0);
    expect(stdout).toContain('Version 99.9.0 recorded it');
  });

  it('is replayed, folded over several lines as a mail leaves it, too', async () => {
    const folded = foreign({}).replaceAll(/.{60}/g, '$&\r\n  ');
    expect(await queuelab(['replay', folded])).toMatchObject({ code: 0, stdout: expect.stringContaining('Version 99.9.0 recorded it') });
  });

  it.each([
    ['a deliberate bug that is unknown here', foreign({ mutants: ['bug-of-tomorrow'] }), 'written by queuelab 99.9.0, which knows a deliberate bug "bug-of-tomorrow"'],
    ['a setting that is unknown here', foreign({ source: `${ORDERS}\nmood: { of: tomorrow }\n` }), 'queuelab 99.9.0 wrote it and this is'],
    ['what is not compressed', sealed(Buffer.from('nothing')), 'it holds no run'],
    ['what is not JSON', sealed(deflateRawSync('nothing')), 'it holds no run'],
    ['another thing', sealed(deflateRawSync('{}')), 'it holds no run'],
    ['too much', sealed(deflateRawSync(Buffer.alloc(2 * 1024 * 1024))), 'unfolds to more than 1048576 bytes'],
  ])('and that holds %s is refused as a file would be', async (_, token, reason) => {
    const { code, stderr } = await queuelab(['replay', token]);
    expect(stderr).toContain(reason);
    expect(stderr).not.toContain('fault of queuelab');
    expect(code).toBe(3);
  });
});
