import path from 'node:path';

/** The folder of the program itself (views, locales, migrations lie in it), from src/ and from dist/ alike. */
export const programRoot = path.resolve(import.meta.dirname, '..', '..');
