import { describe, expect, it } from 'vitest';
import { htmlOf } from './rendering.js';

function link(page: string, provider: string, player: string, words: string): string {
  return `<a class="embed" href="${page}" rel="noopener" data-embed="${provider}" data-embed-src="${player}">${words}</a>`;
}

const youtube = link(
  'https://www.youtube.com/watch?v=SQEQr7c0-dw',
  'youtube',
  'https://www.youtube-nocookie.com/embed/SQEQr7c0-dw',
  'Play on YouTube',
);
const vimeo = link(
  'https://vimeo.com/22439234',
  'vimeo',
  'https://player.vimeo.com/video/22439234?dnt=1',
  'Play on Vimeo',
);
const peertubeId = '9c9de5e8-0a1e-484a-b099-e80766180a6d';

describe('a video', () => {
  it.each([
    ['https://www.youtube.com/watch?v=SQEQr7c0-dw', youtube],
    ['https://youtu.be/SQEQr7c0-dw?t=3', youtube],
    ['<https://m.youtube.com/shorts/SQEQr7c0-dw>', youtube],
    ['https://vimeo.com/22439234', vimeo],
    [
      'https://dai.ly/x8abcd1',
      link(
        'https://www.dailymotion.com/video/x8abcd1',
        'dailymotion',
        'https://www.dailymotion.com/embed/video/x8abcd1',
        'Play on Dailymotion',
      ),
    ],
    [
      `https://video.example/videos/watch/${peertubeId}`,
      link(
        `https://video.example/w/${peertubeId}`,
        'peertube',
        `https://video.example/videos/embed/${peertubeId}`,
        'Play on video.example',
      ),
    ],
  ])('by its bare address %s becomes a link that names its host', (address, html) => {
    expect(htmlOf(address)).toBe(`<p>${html}</p>`);
  });

  it('in a sentence, or behind other words, stays an ordinary link', () => {
    expect(htmlOf('See https://youtu.be/SQEQr7c0-dw now')).not.toContain('embed');
    expect(htmlOf('[A film](https://youtu.be/SQEQr7c0-dw)')).not.toContain('embed');
  });

  it('in an imported frame becomes the same link', () => {
    const frame =
      '<iframe width="720" src="https://www.youtube.com/embed/SQEQr7c0-dw?feature=oembed" title="A film" allowfullscreen></iframe>';
    expect(htmlOf(frame)).toBe(youtube.replace('Play on YouTube', 'A film (Play on YouTube)'));
    expect(htmlOf('<iframe src="https://player.vimeo.com/video/22439234"></iframe>')).toBe(vimeo);
  });

  it('in a WordPress embed block becomes the same link, captions kept', () => {
    const html = htmlOf(
      '<figure class="wp-block-embed is-type-video"><div class="wp-block-embed__wrapper">\nhttps://youtu.be/SQEQr7c0-dw\n</div><figcaption>C</figcaption></figure>',
    );
    expect(html).toBe(
      `<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">${youtube}</div><figcaption>C</figcaption></figure>`,
    );
  });

  it('of another host, as a file or as a sound is a link with the host in it', () => {
    const other = '<a class="embed" href="https://x.test/v" rel="noopener">View on x.test</a>';
    expect(htmlOf('<iframe src="https://x.test/v"></iframe>')).toBe(other);
    expect(htmlOf('<object data="https://x.test/v"></object>')).toBe(`<p>${other}</p>`);
    expect(htmlOf('<video controls><source src="https://x.test/v"></video>')).toContain(other);
    expect(htmlOf('<audio src="//x.test/v"></audio>')).toContain(other);
    expect(htmlOf('<div class="wp-block-embed__wrapper">https://x.test/v</div>')).toContain(other);
  });

  it.each([
    '<iframe src="javascript:alert(1)"></iframe>',
    '<iframe></iframe>',
    '<iframe src="/admin"></iframe>',
    '<video></video>',
    '<embed src="data:text/html,x">',
  ])('without a usable address vanishes: %s', (html) => {
    expect(htmlOf(`<div>${html}</div>`)).toBe('<div></div>');
  });

  it.each([
    'https://youtube.com.evil.test/watch?v=SQEQr7c0-dw',
    'https://youtube.com@evil.test/watch?v=SQEQr7c0-dw',
    'https://www.youtube.com/watch?v=short',
    'https://evil.test/vimeo.com/22439234',
    'https://vimeo.com/about',
  ])('is not seen in %s', (address) => {
    expect(htmlOf(address)).not.toContain('data-embed');
  });

  it('cannot be claimed by attributes in the text', () => {
    expect(
      htmlOf(
        '<a class="embed" data-embed="youtube" data-embed-src="https://evil.test/" href="/x">y</a>',
      ),
    ).toBe('<p><a class="embed" href="/x">y</a></p>');
  });
});
