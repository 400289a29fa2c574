import { Option, type Command } from 'commander';
import {
  changeRole,
  createUserAccount,
  listUsers,
  type NewAccount,
  type Role,
} from '#src/users/index.js';
import { withSite } from './open-site.js';
import { print, printJson, printTable } from './output.js';
import { spellingOut } from './spelling-out.js';

const roles: Role[] = ['reader', 'author', 'editor', 'admin'];

/** `billet user create|role|list`: people. */
export function addUserCommands(program: Command): void {
  const user = program.command('user').description('people: create, role, list');
  user
    .command('create')
    .description('make an account; without a password it is one to be claimed by e-mail')
    .requiredOption('--email <address>', 'e-mail address')
    .requiredOption('--username <name>', 'name in addresses and for logging in')
    .addOption(new Option('--role <role>', 'what they may do').choices(roles).makeOptionMandatory())
    .option('--name <name>', 'name shown to readers')
    .option('--password <password>', 'password; "-" reads it from standard input')
    .option('--json', 'print data as JSON')
    .action(createUser);
  user
    .command('role')
    .description('give somebody another role')
    .argument('<who>', 'username or e-mail address')
    .argument('<role>', roles.join(', '))
    .action(async (who: string, role: Role) => {
      await withSite((ctx) => spellingOut(ctx, () => changeRole(ctx.db, who, role)));
      print(`${who} is ${role} now.`);
    });
  user
    .command('list')
    .description('everybody who has an account')
    .option('--json', 'print data as JSON')
    .action(listAll);
}

type CreateOptions = {
  email: string;
  username: string;
  role: Role;
  name?: string;
  password?: string;
  json?: boolean;
};

async function createUser(options: CreateOptions): Promise<void> {
  const { email, username, role, name } = options;
  const password = options.password === '-' ? await readLine() : options.password;
  const account: NewAccount = { email, username, role, displayName: name, password };
  const { id } = await withSite((ctx) =>
    spellingOut(ctx, () => createUserAccount(ctx.db, account)),
  );
  if (options.json === true) printJson({ id, username, role });
  else print(`Made the account ${username} (${role}), number ${id}.`);
}

async function listAll(options: { json?: boolean }): Promise<void> {
  const users = await withSite((ctx) => listUsers(ctx.db));
  if (options.json === true) return printJson(users);
  printTable(
    ['username', 'role', 'e-mail', 'posts', 'since', 'state'],
    users.map((user) => [
      user.username,
      user.role,
      user.email,
      `${user.postCount}`,
      user.createdAt.toISOString().slice(0, 10),
      user.suspended ? 'suspended' : user.hasPassword ? '' : 'to be claimed',
    ]),
  );
}

async function readLine(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin) text += String(chunk);
  return text.replace(/\r?\n[^]*$/, '');
}
