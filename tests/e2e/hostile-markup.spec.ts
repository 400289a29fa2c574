import { execFileSync } from 'node:child_process';
import { expect, test, type Page } from '@playwright/test';

type Rendered = Record<'payloads' | 'posts' | 'comments' | 'sanitised', string[]>;

const rendered = JSON.parse(
  execFileSync(
    process.execPath,
    ['--import', 'tsx', '-C', 'billet-source', 'tests/e2e/support/render-payloads.ts'],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  ),
) as Rendered;

interface Seen {
  /** Dialogs that opened, errors of scripts, requests to other hosts. */
  events: string[];
  /** Elements and attributes that could do something. */
  alive: string[];
  /** Sections that are where they were put. */
  sections: number;
}

/** Serves each piece in a section of one page without any policy, and looks at what became of it. */
async function look(page: Page, pieces: string[], again: boolean): Promise<Seen> {
  const events: string[] = [];
  page.on('dialog', (dialog) => {
    events.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => events.push(`script ${error.message}`));
  const body = pieces.map((html) => `<section>${html}</section>`).join('\n');
  await page.route('**/*', (route) => {
    const url = new URL(route.request().url());
    if (url.host !== 'blog.test') events.push(`request ${url.href}`);
    if (url.pathname !== '/') return route.fulfill({ status: 404, body: '' });
    const document = `<!doctype html><meta charset="utf-8"><title>x</title><main>${body}</main>`;
    return route.fulfill({ contentType: 'text/html', body: document });
  });
  await page.goto('http://blog.test/', { waitUntil: 'load' });
  const { alive, sections } = await page.evaluate((twice) => {
    const main = document.querySelector('main');
    // Written out and read again: what mutates on the way would show now.
    if (twice && main) for (let round = 0; round < 2; round += 1) main.innerHTML += '';
    const faults: string[] = [];
    const active =
      'script,style,iframe,object,embed,svg,math,form,base,link,meta,template,video,audio';
    for (const element of document.querySelectorAll('main *')) {
      if (element.matches(active)) faults.push(element.outerHTML.slice(0, 200));
      for (const { name, value } of element.attributes) {
        const isCode =
          /^\s*(?:javascript|data|vbscript):/i.test(value) && /^(?:href|src)$/.test(name);
        if (name.startsWith('on') || name === 'style' || isCode) faults.push(`${name}=${value}`);
      }
    }
    const clobbered = ['location', 'cookie', 'body', 'forms'].filter(
      (name) => Reflect.get(document, name) instanceof HTMLAnchorElement,
    );
    for (const link of document.querySelectorAll<HTMLAnchorElement>('main a[href]')) {
      if (!/^(?:https?|mailto|tel):$/.test(link.protocol)) faults.push(link.outerHTML);
    }
    return { alive: [...faults, ...clobbered], sections: main?.children.length ?? 0 };
  }, again);
  // A broken picture's handler has had its turn once the browser has given the picture up.
  await page.evaluate(() => {
    for (const image of document.images) image.loading = 'eager';
  });
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  return { events, alive, sections };
}

for (const kind of ['posts', 'comments', 'sanitised'] as const) {
  for (const again of [false, true]) {
    test(`hostile ${kind} do nothing in a browser${again ? ', read twice' : ''}`, async ({
      page,
    }) => {
      const seen = await look(page, rendered[kind], again);
      expect(seen).toEqual({ events: [], alive: [], sections: rendered[kind].length });
    });
  }
}

test('the same words unrendered do a lot', async ({ page }) => {
  const raw = rendered.payloads.filter((payload) => /^<(?:img|svg)\b/i.test(payload));
  const seen = await look(page, raw, false);
  expect(seen.events.some((event) => event.startsWith('dialog'))).toBe(true);
  expect(seen.alive.length).toBeGreaterThan(10);
});
