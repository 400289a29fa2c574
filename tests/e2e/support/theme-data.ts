import { existsSync } from 'node:fs';
import path from 'node:path';

const file = path.resolve(
  import.meta.dirname,
  '../../../../shared/data/import/theme-unit-test.wxr.xml',
);

/** The WordPress project's theme test data, where it lies beside the project; otherwise null. */
export const themeData = existsSync(file) ? file : null;
