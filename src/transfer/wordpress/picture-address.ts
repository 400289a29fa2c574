const PICTURE = /\.(?:jpe?g|jpe|png|gif|webp|avif|heic|tiff?|bmp)$/i;

/** True for an address whose file name is that of a picture. */
export function isPictureAddress(url: URL): boolean {
  return PICTURE.test(url.pathname);
}

/** Host and path: what an address has in common with itself over http, and at another size. */
export function placeOfPicture(url: URL): string {
  return `${url.host.replace(/^www\./, '')}${url.pathname}`;
}

/** WordPress.com's picture proxy names the real address in its path. */
export function withoutProxy(url: URL): URL {
  const target = /^i\d\.wp\.com$/.test(url.hostname) ? URL.parse(`https:/${url.pathname}`) : null;
  return target ?? url;
}

/** The address without the queries by which WordPress.com asks for another size. */
export function fullAddress(url: URL): string {
  const plain = new URL(withoutProxy(url));
  for (const name of ['w', 'h', 'resize', 'fit', 'crop', 'quality', 'strip', 'zoom', 'ssl'])
    plain.searchParams.delete(name);
  plain.hash = '';
  return plain.href;
}

/** The same place as it was before WordPress made smaller copies of it (`-300x200`, `-scaled` …). */
export function originalPlaces(place: string): string[] {
  const [, stem, extension] = /^(.*?)(\.\w+)$/.exec(place) ?? [];
  if (stem === undefined || extension === undefined) return [place];
  const whole = stem.replace(/-\d{1,5}x\d{1,5}$/, '');
  const places = [
    place,
    `${whole}${extension}`,
    `${whole}-scaled${extension}`,
    `${whole.replace(/-(?:scaled|rotated)$/, '')}${extension}`,
  ];
  return [...new Set(places)];
}
