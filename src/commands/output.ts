/** Prints lines for people on standard output. */
export function print(...lines: string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

/** Prints data for programs on standard output. */
export function printJson(data: unknown): void {
  print(JSON.stringify(data, null, 2));
}

/** Prints rows as aligned columns under a heading. */
export function printTable(heading: string[], rows: string[][]): void {
  const all = [heading, ...rows];
  const widths = heading.map((_, column) =>
    Math.max(...all.map((row) => (row[column] ?? '').length)),
  );
  for (const row of all) {
    print(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}
