import { connect } from 'node:net';

/** What a connection heard that says nothing once it is open; times in seconds since then. */
export interface Heard {
  readonly proposed: number;
  readonly beats: readonly number[];
  /** Null: not as long as one listened. */
  readonly closed: number | null;
}

const METHOD_FRAME = 1;
const HEARTBEAT_FRAME = 8;
const FRAME_END = 0xce;
const HEADER_BYTES = 7;
const START = '10.10';
const TUNE = '10.30';
const OPEN_OK = '10.41';

/** Opens a connection by hand, because libraries keep theirs alive: with this heartbeat in its tune-ok, and then in silence. (AMQP 0-9-1 §2.2.4, §4.2.) */
export function listenInSilence(url: string, { heartbeatSeconds, forMillis }: { readonly heartbeatSeconds: number; readonly forMillis: number }): Promise<Heard> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    const beats: number[] = [];
    let unread = Buffer.alloc(0);
    let openedAt = 0;
    let proposed = 0;
    const sinceOpen = (): number => (Date.now() - openedAt) / 1_000;
    const end = (closed: number | null): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ proposed, beats, closed });
    };
    const timer = setTimeout(() => end(null), forMillis);
    const answer = (method: string, payload: Buffer): void => {
      if (method === START) socket.write(frame(10, 11, Buffer.concat([Buffer.alloc(4), shortText('PLAIN'), longText('\0guest\0guest'), shortText('en_US')])));
      if (method === TUNE) {
        proposed = payload.readUInt16BE(6);
        const tuneOk = Buffer.from(payload.subarray(0, 8));
        tuneOk.writeUInt16BE(heartbeatSeconds, 6);
        socket.write(Buffer.concat([frame(10, 31, tuneOk), frame(10, 40, Buffer.concat([shortText('/'), shortText(''), Buffer.from([0])]))]));
      }
      if (method === OPEN_OK) openedAt = Date.now();
    };
    socket.on('connect', () => socket.write(Buffer.from('AMQP\0\0\x09\x01', 'latin1')));
    socket.on('error', () => {});
    socket.on('close', () => end(sinceOpen()));
    socket.on('data', (data) => {
      unread = Buffer.concat([unread, data]);
      for (let size = wholeFrame(unread); size !== null; size = wholeFrame(unread)) {
        const payload = unread.subarray(HEADER_BYTES, size - 1);
        if (unread[0] === HEARTBEAT_FRAME) beats.push(sinceOpen());
        else answer(`${payload.readUInt16BE(0)}.${payload.readUInt16BE(2)}`, payload.subarray(4));
        unread = unread.subarray(size);
      }
    });
  });
}

/** How long the first frame is; null: it is not there as a whole. */
function wholeFrame(bytes: Buffer): number | null {
  if (bytes.length < HEADER_BYTES) return null;
  const size = HEADER_BYTES + bytes.readUInt32BE(3) + 1;
  return bytes.length < size ? null : size;
}

function frame(classNumber: number, methodNumber: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(HEADER_BYTES + 4);
  header[0] = METHOD_FRAME;
  header.writeUInt32BE(4 + payload.length, 3);
  header.writeUInt16BE(classNumber, 7);
  header.writeUInt16BE(methodNumber, 9);
  return Buffer.concat([header, payload, Buffer.from([FRAME_END])]);
}

const shortText = (text: string): Buffer => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]);

function longText(text: string): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(text.length);
  return Buffer.concat([size, Buffer.from(text)]);
}
