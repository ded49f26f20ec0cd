// A RabbitMQ server of this machine, on loopback, with a folder, a name and ports of its own: nothing of an installed service is touched.
//
//   node tools/rabbitmq.mjs      starts one, says where it is, and stops it when its input ends or it is interrupted
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const READY_WITHIN_MS = 60_000;
const STOPS_WITHIN_MS = 10_000;
const LOOPBACK = '127.0.0.1';

/** Thrown when the server does not come up; the end of what it said is in the message. */
export class RabbitmqNotReady extends Error {
  constructor(said) {
    super(`RabbitMQ did not come up within ${READY_WITHIN_MS / 1_000} s. The last that it said:\n${said.slice(-2_000)}`);
    this.name = 'RabbitmqNotReady';
  }
}

/** The server's own script, because the wrappers that distributions put around it change the user; null where there is none. */
export function findRabbitmq() {
  const folders = ['/usr/lib/rabbitmq/bin', '/opt/rabbitmq/sbin', ...(process.env.PATH ?? '').split(delimiter)];
  const found = folders.map((folder) => join(folder, 'rabbitmq-server')).find((file) => existsSync(file));
  return found ?? null;
}

async function freePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, () => new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, LOOPBACK, () => resolve(server));
  })));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => { server.close(resolve); })));
  return ports;
}

function environment(folder, { amqp, distribution, epmd, management }) {
  for (const name of ['data', 'log', 'schema']) mkdirSync(join(folder, name));
  // Alarms are for the tests to raise, not for this machine's disk; messages go to the disk at once.
  const settings = [`listeners.tcp.1 = ${LOOPBACK}:${amqp}`, 'log.console = true', 'log.file = false', 'disk_free_limit.absolute = 1MB', `management.tcp.ip = ${LOOPBACK}`, `management.tcp.port = ${management}`];
  writeFileSync(join(folder, 'rabbitmq.conf'), `${settings.join('\n')}\n`);
  writeFileSync(join(folder, 'enabled_plugins'), '[rabbitmq_management].\n');
  return {
    PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: folder,
    // The script becomes the server instead of waiting for it: one process to end.
    detached: 'yes',
    ERL_EPMD_ADDRESS: LOOPBACK, ERL_EPMD_PORT: String(epmd),
    RABBITMQ_NODENAME: `queuelab-${process.pid}@localhost`, RABBITMQ_DIST_PORT: String(distribution),
    RABBITMQ_CONF_ENV_FILE: '/dev/null', RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'), RABBITMQ_ADVANCED_CONFIG_FILE: join(folder, 'none.config'),
    RABBITMQ_MNESIA_BASE: join(folder, 'data'), RABBITMQ_LOG_BASE: join(folder, 'log'), RABBITMQ_GENERATED_CONFIG_DIR: join(folder, 'schema'),
    RABBITMQ_SCHEMA_DIR: join(folder, 'schema'), RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'), RABBITMQ_PID_FILE: join(folder, 'pid'),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1} -start_epmd false',
  };
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, LOOPBACK, () => { socket.destroy(); resolve(true); }).on('error', () => resolve(false));
  });
}

async function ended(child, millis) {
  for (let waited = 0; child.exitCode === null && child.signalCode === null && waited < millis; waited += 20) await pause(20);
  return child.exitCode !== null || child.signalCode !== null;
}

/** The whole group: what the script started dies with it. */
function signal(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch {
    // It is over already.
  }
}

/**
 * Starts a server and waits until it accepts connections. It ends with `stop()`, and at the latest when this process exits.
 *
 * @returns {Promise<{ url: string, management: string, version: string, stop: () => Promise<void> }>}
 * @throws {RabbitmqNotReady}
 */
export async function startRabbitmq(script = findRabbitmq()) {
  if (script === null) throw new Error('There is no rabbitmq-server on this machine.');
  const folder = mkdtempSync(join(tmpdir(), 'queuelab-rabbitmq-'));
  const [amqp, distribution, epmdPort, management] = await freePorts(4);
  const env = environment(folder, { amqp, distribution, epmd: epmdPort, management });
  // In the foreground, so that it can be ended like the server itself.
  const epmd = spawn('epmd', ['-address', LOOPBACK, '-port', String(epmdPort)], { env, stdio: 'ignore', detached: true });
  const server = spawn(script, { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let said = '';
  for (const stream of [server.stdout, server.stderr]) stream.setEncoding('utf8').on('data', (text) => { said += text; });
  const children = [server, epmd];
  for (const child of children) child.on('error', (error) => { said += `${error.message}\n`; });
  const endNow = () => {
    for (const child of children) signal(child, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  };
  process.on('exit', endNow);
  const stop = async () => {
    // Its state is thrown away, so it need not be put in order.
    for (const child of children) signal(child, 'SIGKILL');
    await Promise.all(children.map((child) => ended(child, STOPS_WITHIN_MS)));
    endNow();
    process.off('exit', endNow);
  };
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(said.includes('Server startup complete') && await accepts(amqp))) {
    if (Date.now() < deadline && server.exitCode === null) await pause(50);
    else {
      await stop();
      throw new RabbitmqNotReady(said);
    }
  }
  const [, version = 'unknown'] = /RabbitMQ (\d+\.\d+\.\d+)/.exec(said) ?? [];
  return { url: `amqp://guest:guest@${LOOPBACK}:${amqp}`, management: `http://${LOOPBACK}:${management}`, version, stop };
}

if (process.argv[1] === import.meta.filename) {
  const { url, version, stop } = await startRabbitmq();
  console.log(`RabbitMQ ${version} at ${url}; it stops when the input ends.`);
  let isStopping = false;
  const end = async () => {
    if (isStopping) return;
    isStopping = true;
    await stop();
    process.exit(0);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => void end());
  process.stdin.on('end', () => void end()).on('error', () => void end()).resume();
}
