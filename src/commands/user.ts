import { Option, type Command } from 'commander';
import {
  changeRole,
  createUserAccount,
  listUsers,
  setPassword,
  type NewAccount,
  type Role,
} from '#src/users/index.js';
import { askUnseen, readLine } from './asking.js';
import { UsageError } from './command-error.js';
import { withSite } from './open-site.js';
import { print, printJson, printTable } from './output.js';
import { checkingUse } from './spelling-out.js';

const roles: Role[] = ['reader', 'author', 'editor', 'admin'];

/** `billet user create|password|role|list`: people. */
export function addUserCommands(program: Command): void {
  const user = program.command('user').description('people: create, password, role, list');
  user
    .command('create')
    .description(
      'make an account; without a password nobody can log in to it until "user password" gives it one',
    )
    .requiredOption('--email <address>', 'e-mail address')
    .requiredOption('--username <name>', 'name in addresses and for logging in')
    .addOption(new Option('--role <role>', 'what they may do').choices(roles).makeOptionMandatory())
    .option('--name <name>', 'name shown to readers')
    .option('--password <password>', 'password; "-" reads it from standard input')
    .option('--json', 'print data as JSON')
    .action(createUser);
  user
    .command('password')
    .description('give somebody a password, and end all their sessions')
    .argument('<login>', 'username or e-mail address')
    .option('--password <password>', 'password; "-" reads it from standard input; else it is asked')
    .action(givePassword);
  user
    .command('role')
    .description('give somebody another role')
    .argument('<who>', 'username or e-mail address')
    .argument('<role>', roles.join(', '))
    .action(async (who: string, role: Role) => {
      await withSite((ctx) => checkingUse(ctx, () => changeRole(ctx.db, who, role)));
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
    checkingUse(ctx, () => createUserAccount(ctx.db, account)),
  );
  if (options.json === true) printJson({ id, username, role });
  else print(`Made the account ${username} (${role}), number ${id}.`);
}

async function givePassword(login: string, options: { password?: string }): Promise<void> {
  const password =
    options.password === '-' ? await readLine() : (options.password ?? (await askTwice()));
  await withSite((ctx) => checkingUse(ctx, () => setPassword(ctx.db, login, password)));
  print(`${login} has a new password and is logged out everywhere.`);
}

async function askTwice(): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new UsageError('There is no terminal to ask for the password: give it with --password.');
  }
  const password = await askUnseen('New password: ');
  if ((await askUnseen('Once more: ')) !== password) {
    throw new UsageError('The two passwords differ. Nothing was changed.');
  }
  return password;
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
      user.suspended ? 'suspended' : user.hasPassword ? '' : 'no password yet',
    ]),
  );
}
