import { describe, expect, it } from 'vitest';
import { iconFor } from '#src/site/icon.js';

describe('the icon', () => {
  it.each([
    ['carnet', '>C<'],
    ['🗼 tower', '>🗼<'],
    ['<b>', '>&lt;<'],
    ['éa', '>É<'],
    ['  ', '>B<'],
  ])('of %j shows its first sign', (title, letter) => {
    const icon = iconFor(title);
    expect(decodeURIComponent(icon.slice(icon.indexOf(',') + 1))).toContain(letter);
    expect(icon).not.toMatch(/["'<>\s]/);
  });
});
