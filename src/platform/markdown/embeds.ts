import type { Translate } from '../i18n.js';
import { isExternal, localAddress, parseUrl, safeLink } from './links.js';
import {
  classesOf,
  element,
  isElement,
  textNode,
  textOf,
  type HtmlElement,
  type HtmlNode,
} from './tree.js';

/** What embeds need to know. */
export interface EmbedContext {
  baseUrl: URL;
  t: Translate;
}

interface Player {
  provider: string;
  /** What people call the place. */
  name: string;
  /** The page of the video. */
  page: string;
  /** The player that a click may load, on the provider's host with the fewest cookies. */
  player: string;
}

const YOUTUBE_HOSTS = /^(?:(?:www|m|music)\.)?youtube(?:-nocookie)?\.com$/;

function youtube(url: URL): Player | undefined {
  let id: string | null | undefined;
  if (url.hostname === 'youtu.be') id = url.pathname.slice(1);
  else if (!YOUTUBE_HOSTS.test(url.hostname)) return undefined;
  else if (url.pathname === '/watch') id = url.searchParams.get('v');
  else id = /^\/(?:embed|shorts|live|v)\/([^/]+)/.exec(url.pathname)?.[1];
  if (!/^[\w-]{11}$/.test(id ?? '')) return undefined;
  return {
    provider: 'youtube',
    name: 'YouTube',
    page: `https://www.youtube.com/watch?v=${id ?? ''}`,
    player: `https://www.youtube-nocookie.com/embed/${id ?? ''}`,
  };
}

function vimeo(url: URL): Player | undefined {
  if (!/^(?:(?:www|player)\.)?vimeo\.com$/.test(url.hostname)) return undefined;
  const id = /^(?:\/video)?\/(\d{4,12})(?:\/|$)/.exec(url.pathname)?.[1];
  if (id === undefined) return undefined;
  return {
    provider: 'vimeo',
    name: 'Vimeo',
    page: `https://vimeo.com/${id}`,
    player: `https://player.vimeo.com/video/${id}?dnt=1`,
  };
}

function dailymotion(url: URL): Player | undefined {
  const isShort = url.hostname === 'dai.ly';
  if (!isShort && !/^(?:(?:www|geo)\.)?dailymotion\.com$/.test(url.hostname)) return undefined;
  const path = isShort ? /^\/([a-z\d]{5,12})$/i : /^\/(?:embed\/)?video\/([a-z\d]{5,12})/i;
  const id = path.exec(url.pathname)?.[1];
  if (id === undefined) return undefined;
  return {
    provider: 'dailymotion',
    name: 'Dailymotion',
    page: `https://www.dailymotion.com/video/${id}`,
    player: `https://www.dailymotion.com/embed/video/${id}`,
  };
}

/** PeerTube runs on many hosts; its addresses are known by their shape. */
function peertube(url: URL): Player | undefined {
  if (url.protocol !== 'https:') return undefined;
  const id =
    /^\/(?:w|videos\/(?:watch|embed))\/([\da-f]{8}-[\da-f-]{27}|[1-9A-HJ-NP-Za-km-z]{22})$/.exec(
      url.pathname,
    )?.[1];
  if (id === undefined) return undefined;
  return {
    provider: 'peertube',
    name: url.hostname,
    page: `${url.origin}/w/${id}`,
    player: `${url.origin}/videos/embed/${id}`,
  };
}

function playerOf(address: string): Player | undefined {
  const url = parseUrl(address.trim());
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '') return undefined;
  return youtube(url) ?? vimeo(url) ?? dailymotion(url) ?? peertube(url);
}

/**
 * A video as a link that names its host. `data-embed` (provider) and `data-embed-src` (player) let a
 * script put the player in its place after a click; without one it is a link.
 */
function playerLink(player: Player, { t }: EmbedContext, title?: string): HtmlElement {
  const label = t('markdown.playOn', { host: player.name });
  return element(
    'a',
    {
      class: 'embed',
      href: player.page,
      rel: 'noopener',
      'data-embed': player.provider,
      'data-embed-src': player.player,
    },
    [textNode(title === undefined || title === '' ? label : `${title} (${label})`)],
  );
}

function linkTo(
  address: string,
  ctx: EmbedContext,
  title: string | undefined,
  inLink: boolean,
): HtmlNode[] {
  const safe = safeLink(address);
  if (safe === undefined || inLink) return [];
  const player = playerOf(safe);
  if (player !== undefined) return [playerLink(player, ctx, title)];
  const local = localAddress(safe, ctx.baseUrl);
  const url = parseUrl(local);
  if (!isExternal(local) || url === null) return [];
  const label = ctx.t('markdown.viewOn', { host: url.hostname });
  const words = title === undefined || title === '' ? label : `${title} (${label})`;
  return [element('a', { class: 'embed', href: local, rel: 'noopener' }, [textNode(words)])];
}

/** What an `<iframe>`, `<embed>` or `<object>` becomes: a link, or nothing. */
export function embedOfFrame(node: HtmlElement, ctx: EmbedContext, inLink: boolean): HtmlNode[] {
  const { src, data, title } = node.attributes;
  return linkTo(src ?? data ?? '', ctx, title?.trim(), inLink);
}

/** What a `<video>` or `<audio>` becomes: a link to its file, which lies elsewhere. */
export function embedsOfPlayer(node: HtmlElement, ctx: EmbedContext, inLink: boolean): HtmlNode[] {
  const source = node.children.find((child) => isElement(child, 'source'));
  const address = node.attributes.src ?? (isElement(source) ? source.attributes.src : undefined);
  return linkTo(address ?? '', ctx, node.attributes.title?.trim(), inLink);
}

/** The address that stands alone in an element, as text or as an automatic link. */
function loneAddress(node: HtmlElement): string | undefined {
  const text = textOf(node).trim();
  if (text === '' || text.length > 2000 || /\s/.test(text)) return undefined;
  const inner = node.children.filter((child) => child.kind !== 'text' || child.text.trim() !== '');
  if (inner.length !== 1 || (isElement(inner[0]) && inner[0].name !== 'a')) return undefined;
  const link = isElement(inner[0]) ? inner[0].attributes.href : text;
  return /^https?:\/\//i.test(text) ? (link ?? text) : undefined;
}

/**
 * A paragraph with nothing but the address of a video, or the wrapper of a WordPress embed block
 * with nothing but an address, gets a link that names the host. Changes the children in place.
 */
export function embedsOfWrapper(node: HtmlElement, ctx: EmbedContext): void {
  const isWrapper = node.name === 'div' && classesOf(node).includes('wp-block-embed__wrapper');
  if (node.name !== 'p' && !isWrapper) return;
  const address = loneAddress(node);
  if (address === undefined) return;
  const player = playerOf(address);
  if (player !== undefined) node.children = [playerLink(player, ctx)];
  else if (isWrapper) node.children = linkTo(address, ctx, undefined, false);
}
