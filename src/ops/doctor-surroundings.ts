import { statfs } from 'node:fs/promises';
import { createConnection, isIP, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { createTransport } from 'nodemailer';
import { fail, ok, warn, wordsOf, type Finding } from './finding.js';

const patience = 8_000;
const gigabyte = 1024 ** 3;
const renewDays = 14;

type MailSettings = { smtpUrl?: string; sendgridApiKey?: string; from?: string };

/** Whether mail can be sent: logs in to the SMTP server, where there is one. */
export async function examineMail(mail: MailSettings, production: boolean): Promise<Finding> {
  if (mail.smtpUrl !== undefined) {
    const { hostname } = new URL(mail.smtpUrl);
    const transport = createTransport({ url: mail.smtpUrl, connectionTimeout: patience });
    try {
      await transport.verify();
      return ok('mail', `The SMTP server ${hostname} takes our mail.`);
    } catch (error) {
      return fail(
        'mail',
        `The SMTP server ${hostname} does not take our mail: ${wordsOf(error)}.`,
        'Correct SMTP_URL (host, port, user and password), or ask whoever runs the server.',
      );
    } finally {
      transport.close();
    }
  }
  if (mail.sendgridApiKey !== undefined) {
    return ok('mail', 'SendGrid is set; its key is only tried when mail is sent.');
  }
  const found = 'No mail service is set, so nobody gets mail.';
  const advice = 'Set SMTP_URL or SENDGRID_API_KEY before others use the site.';
  return production ? fail('mail', found, advice) : warn('mail', found, advice);
}

/** Whether uploads can be kept. */
export async function examineStorage(
  storage: { check(): Promise<void> },
  where: string,
): Promise<Finding> {
  try {
    await storage.check();
    return ok('storage', `Pictures can be kept in ${where}.`);
  } catch (error) {
    return fail(
      'storage',
      `Pictures cannot be kept in ${where}: ${wordsOf(error)}.`,
      'Make it writable for this account, or set MEDIA_DIR.',
    );
  }
}

/** How much room is left where data are kept. */
export async function examineDisk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfsOfNearest(folder);
  const free = bavail * bsize;
  const found = `${(free / gigabyte).toFixed(1)} GB are free for ${folder}.`;
  const advice = 'Make room: PostgreSQL stops when the disk is full.';
  if (free < gigabyte / 10) return fail('disk', found, advice);
  return free < gigabyte ? warn('disk', found, advice) : ok('disk', found);
}

async function statfsOfNearest(folder: string): Promise<{ bavail: number; bsize: number }> {
  try {
    return await statfs(folder);
  } catch (error) {
    const above = dirname(folder);
    if (above === folder) throw error;
    return statfsOfNearest(above);
  }
}

/** Whether Redis answers, where it is set. RESP: https://redis.io/docs/latest/develop/reference/protocol-spec/ */
export async function examineRedis(redisUrl: string | undefined): Promise<Finding> {
  if (redisUrl === undefined) return ok('redis', 'Not set; PostgreSQL does its work.');
  const { hostname, port, protocol, username, password } = new URL(redisUrl);
  const auth = [username, password].filter(Boolean).map(decodeURIComponent);
  const commands = [...(password ? [['AUTH', ...auth]] : []), ['PING']];
  const request = commands.map((words) => `${words.map(quoted).join(' ')}\r\n`).join('');
  try {
    const answer = await talk(hostname, Number(port) || 6379, protocol === 'rediss:', request);
    if (answer.includes('PONG')) return ok('redis', `Redis at ${hostname} answers.`);
    throw new Error(answer.split('\r\n')[0] ?? 'no answer');
  } catch (error) {
    return fail(
      'redis',
      `Redis at ${hostname} does not answer: ${wordsOf(error)}.`,
      'Start Redis, correct REDIS_URL, or unset it.',
    );
  }
}

function quoted(word: string): string {
  return `"${word.replace(/["\\]/g, '\\$&')}"`;
}

function talk(host: string, port: number, tls: boolean, request: string): Promise<string> {
  return new Promise((done, failed) => {
    const socket: Socket = tls
      ? connectTls({ host, port, servername: serverName(host) })
      : createConnection({ host, port });
    let answer = '';
    socket.setTimeout(patience, () => socket.destroy(new Error('no answer in time')));
    socket.on('error', failed);
    socket.on(tls ? 'secureConnect' : 'connect', () => socket.write(request));
    socket.on('data', (chunk) => {
      answer += chunk.toString('utf8');
      if (/\+PONG\r\n|-[A-Z]+ /.test(answer)) socket.end();
    });
    socket.on('close', () => done(answer));
  });
}

/** Whether the public address is safe, and its certificate good for a while. */
export async function examineAddress(baseUrl: string): Promise<Finding> {
  const { protocol, hostname, port } = new URL(baseUrl);
  if (protocol === 'http:') {
    if (/^(localhost|127\.|\[::1\])/.test(hostname)) {
      return ok('address', `${baseUrl} is for this machine alone.`);
    }
    return warn(
      'address',
      `${baseUrl} is not encrypted: passwords travel in the clear.`,
      'Put TLS in front, and set BASE_URL to the https address.',
    );
  }
  try {
    const days = await certificateDays(hostname, Number(port) || 443);
    const found = `The certificate of ${hostname} is good for ${Math.floor(days)} days.`;
    if (days < renewDays)
      return warn('address', found, 'Renew it, and see why that did not happen.');
    return ok('address', found);
  } catch (error) {
    return fail(
      'address',
      `${baseUrl} has no TLS that browsers accept: ${wordsOf(error)}.`,
      'Check DNS, the port and the certificate; this was tried from this machine.',
    );
  }
}

function certificateDays(host: string, port: number): Promise<number> {
  return new Promise((done, failed) => {
    const socket = connectTls({ host, port, servername: serverName(host) });
    socket.setTimeout(patience, () => socket.destroy(new Error('no answer in time')));
    socket.on('error', failed);
    socket.on('secureConnect', () => {
      const until = new Date(socket.getPeerCertificate().valid_to).getTime();
      socket.end();
      done((until - Date.now()) / 86_400_000);
    });
  });
}

// RFC 6066, 3: the name that is asked for is never an address.
function serverName(host: string): string | undefined {
  return isIP(host) === 0 ? host : undefined;
}
