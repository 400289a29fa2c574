import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CommandError } from './command-error.js';

/** A terminal, or what stands for one. */
export interface Terminal {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
}

/**
 * Asks for one line that is not shown while it is typed.
 * @throws {CommandError} when the person breaks off (Ctrl-C, Ctrl-D).
 */
export async function askUnseen(
  question: string,
  terminal: Terminal = { input: process.stdin, output: process.stderr },
): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: terminal.input, output: nowhere, terminal: true });
  const stop = new AbortController();
  lines.once('SIGINT', () => stop.abort());
  lines.once('close', () => stop.abort());
  terminal.output.write(question);
  try {
    return await lines.question('', { signal: stop.signal });
  } catch (error) {
    if (stop.signal.aborted) throw new CommandError('Nothing was changed.');
    throw error;
  } finally {
    lines.close();
    terminal.output.write('\n');
  }
}

/** Everything on standard input up to the end of its first line. */
export async function readLine(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin) text += String(chunk);
  return text.replace(/\r?\n[^]*$/, '');
}
