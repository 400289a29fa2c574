import type { Role } from '#src/users/index.js';
import type { LoggedIn, TestApp } from './app.js';
import { fillPath, type MountedRoute } from './route-list.js';
import { createWorld, parameterOf, type World } from './world.js';

/** Who asks: somebody of a role, `own` for their own rows, `other` for those of another author. */
export const askers = [
  'anonymous',
  'reader',
  'author own',
  'author other',
  'editor',
  'admin',
] as const;

/** One of them. */
export type Asker = (typeof askers)[number];

/** The people of a test, logged in once. */
export type Cast = Record<Role | 'owner', LoggedIn>;

/** Logs everybody in. */
export async function logInCast(app: TestApp): Promise<Cast> {
  const [reader, author, editor, admin, owner] = await Promise.all([
    app.loginAs('reader'),
    app.loginAs('author'),
    app.loginAs('editor'),
    app.loginAs('admin'),
    app.loginAs('author'),
  ]);
  return { reader, author, editor, admin, owner };
}

function clientOf(app: TestApp, cast: Cast, asker: Asker) {
  if (asker === 'anonymous') return app.request();
  return cast[asker.split(' ', 1)[0] as Role].agent;
}

const shared = new WeakMap<LoggedIn['user'], Promise<World>>();

function sharedWorld(app: TestApp, user: LoggedIn['user']): Promise<World> {
  const world = shared.get(user) ?? createWorld(app, user);
  shared.set(user, world);
  return world;
}

/** The status that a route answers with, an empty form sent where it takes one, on rows that are there. */
export async function statusFor(
  app: TestApp,
  cast: Cast,
  asker: Asker,
  { method, path }: MountedRoute,
): Promise<number> {
  const { user } = asker === 'author own' ? cast.author : cast.owner;
  // Who is turned away and who only reads leaves the rows as they are for the next.
  const harmless = method === 'GET' || asker === 'anonymous' || asker === 'reader';
  const world = harmless ? await sharedWorld(app, user) : await createWorld(app, user);
  const address = fillPath(path, (name) => parameterOf(world, path, name));
  const client = clientOf(app, cast, asker);
  const name = method.toLowerCase() as 'get' | 'post' | 'put';
  const request = client[name](address);
  const res = await (method === 'GET' ? request : request.type('form').send({}));
  return res.status;
}
