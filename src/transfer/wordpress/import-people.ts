import {
  findAccounts,
  findKeys,
  findUsernames,
  insertAccount,
  storeKeys,
} from '../import.queries.js';
import type { Importing } from '../importing.types.js';
import { plainText } from '../content/html-tree.js';
import { emailOf, mendedLogin, usernameOf } from './people.js';
import type { WxrAuthor } from './wxr.types.js';

/** The file's authors as accounts here. */
export class People {
  readonly #idByLogin = new Map<string, number>();
  readonly #idByUserId = new Map<string, number>();
  readonly #idByEmail = new Map<string, number>();
  readonly #mended = new Map<string, number | null>();

  constructor(private readonly importing: Importing) {}

  /** Brings an author of the file in, or finds the account that they have. */
  async add(author: WxrAuthor): Promise<void> {
    const login = mendedLogin(author.login);
    if (login === '') {
      this.importing.report.warn('noCreator', author.displayName || author.email);
      return;
    }
    const id = this.#idByLogin.get(login.toLowerCase()) ?? (await this.#ensure(login, author));
    const email = emailOf(author.email);
    if (author.id !== '') this.#idByUserId.set(author.id, id);
    if (email !== null) this.#idByEmail.set(email.toLowerCase(), id);
  }

  /** The account of an item's creator; one that the file does not introduce gets an account too. */
  async creator(creator: string, title: string): Promise<number | null> {
    const exact = this.#idByLogin.get(creator.toLowerCase());
    if (exact !== undefined) return exact;
    const known = this.#mended.get(creator);
    if (known !== undefined) return known;
    const login = mendedLogin(creator);
    const { report } = this.importing;
    let id: number | null = null;
    if (login === '') report.warn('noCreator', title);
    else {
      id = this.#idByLogin.get(login.toLowerCase()) ?? null;
      if (id !== null) report.warn('creatorMended', `${creator} → ${login}`, title);
      id ??= await this.#ensure(login, { id: '', login, email: '', displayName: '' });
    }
    this.#mended.set(creator, id);
    return id;
  }

  /** The account behind a comment that was written by somebody who was logged in, or null. */
  commenter(userId: string, email: string): number | null {
    if (userId === '' || userId === '0') return null;
    return this.#idByUserId.get(userId) ?? this.#idByEmail.get(email.trim().toLowerCase()) ?? null;
  }

  /** User names here by log-in there, in lower case. */
  async usernames(): Promise<Map<string, string>> {
    const names = await findUsernames(this.importing.tx, [...this.#idByLogin.values()]);
    return new Map(
      [...this.#idByLogin].flatMap(([login, id]) => {
        const name = names.get(id);
        return name === undefined ? [] : [[login, name] as const];
      }),
    );
  }

  async #ensure(login: string, author: WxrAuthor): Promise<number> {
    const { tx, source, report } = this.importing;
    const key = login.toLowerCase();
    const known = (await findKeys(tx, source, 'author', [key])).get(key);
    const id = known ?? (await this.#make(login, author));
    if (known === undefined) await storeKeys(tx, source, 'author', [{ key, targetId: id }]);
    else report.count('author', 'existing');
    this.#idByLogin.set(key, id);
    return id;
  }

  async #make(login: string, author: WxrAuthor): Promise<number> {
    const { tx, report, site } = this.importing;
    const username = usernameOf(login);
    const email = this.#emailFor(login, author);
    const accounts = await findAccounts(tx, email === null ? [] : [email], [username]);
    const same = accounts.find((account) => account.email.toLowerCase() === email?.toLowerCase());
    if (same !== undefined) {
      report.count('author', 'existing');
      report.warn('accountReused', `${login} → ${same.username}`);
      return same.id;
    }
    const free = await this.#freeUsername(username);
    report.count('author', 'created');
    return insertAccount(tx, {
      username: free,
      email: email ?? `${free.toLowerCase()}@${site.host.replace(/[^a-z0-9.-]/gi, '-')}.invalid`,
      displayName: (plainText(author.displayName) || login).slice(0, 100).toWellFormed(),
    });
  }

  #emailFor(login: string, author: WxrAuthor): string | null {
    const email = emailOf(author.email);
    const { report } = this.importing;
    if (email === null) {
      report.warn('emailMissing', author.email === '' ? login : `${login}: ${author.email}`);
      return null;
    }
    if (!this.#idByEmail.has(email.toLowerCase())) return email;
    report.warn('emailTaken', `${login}: ${email}`);
    return null;
  }

  async #freeUsername(username: string): Promise<string> {
    for (let number = 1; ; number += 1) {
      const candidate = number === 1 ? username : `${username}-${String(number)}`;
      if ((await findAccounts(this.importing.tx, [], [candidate])).length === 0) return candidate;
    }
  }
}
