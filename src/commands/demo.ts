import type { Command } from 'commander';
import { fillDemo, removeDemo, type DemoRemoved } from '#src/transfer/index.js';
import { withSite } from './open-site.js';
import { print, printJson } from './output.js';

type Options = { remove?: boolean; json?: boolean };

/** `billet demo [--remove]`: fills an empty site with demonstration posts, or takes them away. */
export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('fill an empty site with demonstration posts, people, comments and pictures')
    .option('--remove', 'take them away again; what people have added since stays')
    .option('--json', 'print data as JSON')
    .action((options: Options) => (options.remove === true ? remove(options) : fill(options)));
}

async function fill(options: Options): Promise<void> {
  const filled = await withSite((ctx) => fillDemo(ctx));
  if (options.json === true) return printJson(filled ?? { posts: 0, comments: 0, pictures: 0 });
  if (filled === null) return print('The demonstration is here already.');
  const { posts, comments, pictures } = filled;
  print(
    `Brought ${posts} posts, ${comments} comments and ${pictures} pictures. "billet demo --remove" takes them away.`,
  );
}

async function remove(options: Options): Promise<void> {
  const removed = await withSite((ctx) => removeDemo(ctx));
  if (options.json === true) return printJson(removed ?? { posts: 0, keptPosts: 0, keptOthers: 0 });
  if (removed === null) return print('There is no demonstration to remove.');
  print(`Removed ${removed.posts} posts and what belonged to them.`, ...keptLines(removed));
}

function keptLines({ keptPosts, keptOthers }: DemoRemoved): string[] {
  return [
    ...(keptPosts > 0
      ? [`Kept ${keptPosts} that somebody has edited, answered or linked in a menu.`]
      : []),
    ...(keptOthers > 0
      ? [`Kept ${keptOthers} categories, tags, accounts or pictures that are in use.`]
      : []),
  ];
}
