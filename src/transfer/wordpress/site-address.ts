import { redirectSource } from '#src/site/index.js';

/** The old site: its hosts, and the path under which it stood. */
export class SiteAddress {
  readonly #url: URL;
  readonly #hosts: ReadonlySet<string>;

  /** `address` as the file names it; what is no address stands for a site without one. */
  constructor(address: string) {
    const url = URL.parse(address.trim());
    this.#url =
      url !== null && /^https?:$/.test(url.protocol) ? url : new URL('http://unknown.invalid');
    const bare = this.#url.host.replace(/^www\./, '');
    this.#hosts = new Set([bare, `www.${bare}`]);
  }

  /** Name of the source in `import_keys`: host and path, the same for http and https. */
  get source(): string {
    return `${this.#url.host.replace(/^www\./, '')}${this.basePath}`;
  }

  get host(): string {
    return this.#url.host;
  }

  /** Path of the site without a slash at the end; empty at the root. */
  get basePath(): string {
    return this.#url.pathname.replace(/\/+$/, '');
  }

  /** An address as it stands in a text, made absolute; null for what is no http address. */
  absolute(address: string): URL | null {
    const url = URL.parse(address.trim(), `${this.#url.origin}${this.basePath}/`);
    return url !== null && /^https?:$/.test(url.protocol) ? url : null;
  }

  /** True for an address of the old site. */
  owns(url: URL): boolean {
    return this.#hosts.has(url.host) && `${url.pathname}/`.startsWith(`${this.basePath}/`);
  }

  /**
   * Path and query of an address of the old site, written as the table of redirects does; null for
   * other sites and for the site's own front page.
   */
  place(address: string): string | null {
    if (address === '') return null;
    const url = this.absolute(address);
    if (url === null || !this.owns(url)) return null;
    const place = redirectSource(`${url.pathname.replace(/\/{2,}/g, '/')}${url.search}`);
    return place === null || place === '/' || place === this.basePath ? null : place;
  }

  /** True for the old front page. */
  isFront(url: URL): boolean {
    return (
      this.owns(url) && url.pathname.replace(/\/+$/, '') === this.basePath && url.search === ''
    );
  }

  /** A path below the old site, as the table of redirects writes it. */
  below(path: string): string {
    return redirectSource(`${this.basePath}${path}`) ?? path;
  }
}
