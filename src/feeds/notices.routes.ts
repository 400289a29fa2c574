import { Router, type NextFunction, type Request, type Response } from 'express';
import { answeredByCopy, entityTag, sendWhole } from '#src/platform/conditional.js';
import type { Db } from '#src/platform/db.js';
import type { Catalogue } from '#src/platform/i18n.js';
import { getSettings, type Settings } from '#src/site/index.js';
import { empty, leaf, nothing, parent, xmlDocument } from './xml.js';

/** What the notices to programs need. */
export interface NoticeDeps {
  db: Db;
  now: () => Date;
  config: { baseUrl: string };
  catalogue: Catalogue;
}

/** Places where a crawler finds nothing to read. */
const NOT_FOR_CRAWLERS = [
  '/admin',
  '/account',
  '/login',
  '/password/',
  '/register',
  '/search',
  '/setup',
];

/** robots.txt (RFC 9309): where not to crawl, and where the sitemap is. */
export function writeRobots(baseUrl: string): string {
  // `$` ends an address: a page whose slug only begins like one of these stays open.
  const lines = NOT_FOR_CRAWLERS.flatMap((path) =>
    path.endsWith('/')
      ? [`Disallow: ${path}`]
      : [`Disallow: ${path}$`, `Disallow: ${path}/`, `Disallow: ${path}?`],
  );
  return ['User-agent: *', ...lines, '', `Sitemap: ${baseUrl}/sitemap.xml`, ''].join('\n');
}

function shorten(text: string, length: number): string {
  return [...new Intl.Segmenter().segment(text)]
    .map((part) => part.segment)
    .reduce(
      (short, grapheme) => ((short + grapheme).length > length ? short : short + grapheme),
      '',
    );
}

/** OpenSearch 1.1 description of the site's search; a short name has at most 16 characters. */
export function writeOpenSearch(settings: Settings, baseUrl: string): string {
  const { title, description, language } = settings;
  return xmlDocument(
    parent('OpenSearchDescription', { xmlns: 'http://a9.com/-/spec/opensearch/1.1/' }, [
      leaf('ShortName', shorten(title, 16)),
      title.length > 16 ? leaf('LongName', shorten(title, 48)) : nothing,
      leaf('Description', shorten(description || title, 1024)),
      empty('Url', {
        type: 'text/html',
        method: 'get',
        template: `${baseUrl}/search?q={searchTerms}`,
      }),
      leaf('Language', language),
      leaf('InputEncoding', 'UTF-8'),
      leaf('OutputEncoding', 'UTF-8'),
    ]),
  );
}

/** security.txt (RFC 9116), good until the first day of the seventh month from now. */
export function writeSecurityTxt(
  email: string,
  site: { baseUrl: string; languages: readonly string[]; now: Date },
): string {
  const expires = new Date(Date.UTC(site.now.getUTCFullYear(), site.now.getUTCMonth() + 7, 1));
  return [
    `Contact: mailto:${encodeURI(email)}`,
    `Expires: ${expires.toISOString()}`,
    `Preferred-Languages: ${site.languages.join(', ')}`,
    `Canonical: ${site.baseUrl}/.well-known/security.txt`,
    '',
  ].join('\n');
}

function send(req: Request, res: Response, type: string, body: string): void {
  if (answeredByCopy(req, res, { etag: entityTag(body) })) return;
  sendWhole(res, type, body);
}

/** Files that programs look for: robots.txt, the search's description, whom to tell of a hole. */
export function noticeRoutes(deps: NoticeDeps): Router {
  const { baseUrl } = deps.config;
  const router = Router();
  router.get('/robots.txt', (req, res) => {
    send(req, res, 'text/plain; charset=utf-8', writeRobots(baseUrl));
  });
  router.get('/opensearch.xml', async (req, res) => {
    const body = writeOpenSearch(await getSettings(deps.db), baseUrl);
    send(req, res, 'application/opensearchdescription+xml; charset=utf-8', body);
  });
  router.get(
    '/.well-known/security.txt',
    async (req: Request, res: Response, next: NextFunction): Promise<void> => {
      const { securityEmail } = await getSettings(deps.db);
      if (securityEmail === '') {
        next();
        return;
      }
      const languages = deps.catalogue.locales;
      const body = writeSecurityTxt(securityEmail, { baseUrl, languages, now: deps.now() });
      send(req, res, 'text/plain; charset=utf-8', body);
    },
  );
  return router;
}
