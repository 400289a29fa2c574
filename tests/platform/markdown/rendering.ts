import { renderPost, type RenderedPost, type RenderMedia } from '#src/platform/markdown/index.js';

export const baseUrl = 'https://blog.test';

/** A picture of 2000 × 1000 pixels with two widths in two formats. */
export function picture(id: number, over: Partial<RenderMedia> = {}): RenderMedia {
  const at = `/media/${String(id).repeat(4)}`;
  return {
    id,
    src: `${at}.jpg`,
    width: 2000,
    height: 1000,
    alt: 'From the library',
    variants: [
      { src: `${at}-960.webp`, width: 960, type: 'webp' },
      { src: `${at}-480.webp`, width: 480, type: 'webp' },
      { src: `${at}-960.jpg`, width: 960, type: 'original' },
      { src: `${at}-480.jpg`, width: 480, type: 'original' },
    ],
    ...over,
  };
}

/** Renders with the pictures 1 to 9 in the library. */
export function render(markdown: string): RenderedPost {
  return renderPost(markdown, {
    baseUrl,
    media: (id) => (id < 10 ? picture(id) : undefined),
  });
}

/** The HTML alone. */
export function htmlOf(markdown: string): string {
  return render(markdown).html.trim();
}
