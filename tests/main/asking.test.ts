import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { askUnseen } from '../../src/commands/asking.js';

function terminal() {
  const shown: string[] = [];
  const [input, output] = [new PassThrough(), new PassThrough()];
  output.on('data', (chunk: Buffer) => shown.push(chunk.toString()));
  return { input, output, shown };
}

test('what is typed is taken and not shown', async () => {
  const { shown, ...rest } = terminal();
  const answer = askUnseen('New password: ', rest);
  rest.input.write('three plain words\r');
  expect(await answer).toBe('three plain words');
  expect(shown.join('')).toBe('New password: \n');
});

test.each([
  ['Ctrl-C', '\u0003'],
  ['Ctrl-D', '\u0004'],
])('%s breaks off', async (_name, key) => {
  const { input, output } = terminal();
  const answer = askUnseen('New password: ', { input, output });
  input.write(key);
  await expect(answer).rejects.toThrow('Nothing was changed.');
});
