import { describe, expect, it } from 'vitest';
import { storeImage } from '#src/media/index.js';
import { useApp } from '../support/app.js';
import { createUser } from '../support/factories.js';
import { drawing } from './pictures.js';

const app = useApp();

/** A picture that somebody else brought into the library, and its bytes. */
async function othersPicture() {
  const bytes = await drawing(30, 20).png().toBuffer();
  const other = await createUser(app.db, { role: 'author' });
  const input = { bytes, filename: 'a.png', alt: 'Their words', uploaderId: other.id };
  return { bytes, media: (await storeImage(app.ctx, input)).media };
}

async function upload(bytes: Buffer, accept: string, alt: string) {
  const { agent } = await app.loginAs('author');
  const send = agent.post('/admin/media').set('Accept', accept).field('alt', alt);
  return { agent, answer: await send.attach('file', bytes, 'mine.png') };
}

describe('a picture that somebody else has uploaded', () => {
  it('is cited with the words of who uploads it now, and a sentence says that it is there', async () => {
    const { bytes, media } = await othersPicture();
    const { answer } = await upload(bytes, 'application/json', 'My words');
    const markdown = `![My words](/media/${media.id})`;
    expect(answer.status).toBe(201);
    expect(answer.body.media).toEqual([
      expect.objectContaining({ id: media.id, alt: 'My words', markdown }),
    ]);
    expect(answer.body.media[0].note).toContain('in the library already');
    expect(answer.body.media[0].note).toContain(markdown);
    expect(await app.db.media.findMany({ select: { alt: true, uploaderId: true } })).toEqual([
      { alt: 'Their words', uploaderId: media.uploaderId },
    ]);
  });

  it('keeps the words it has where none are given', async () => {
    const { bytes } = await othersPicture();
    const { answer } = await upload(bytes, 'application/json', ' ');
    expect(answer.body.media[0].alt).toBe('Their words');
  });

  it.each([
    ['My words', (id: number) => `![My words](/media/${id})`],
    ['long '.repeat(150), (id: number) => `cite it as /media/${id}`],
  ])('is named on the page after a form without scripts (%#)', async (alt, line) => {
    const { bytes, media } = await othersPicture();
    const { agent, answer } = await upload(bytes, 'text/html', alt);
    expect(answer.headers.location).toBe('/admin/media');
    const page = await agent.get('/admin/media').expect(200);
    expect(page.text).toContain('This picture was in the library already.');
    expect(page.text).toContain(line(media.id));
  });

  it('is nothing to speak of for who uploaded it', async () => {
    const { agent } = await app.loginAs('author');
    const bytes = await drawing(30, 20).png().toBuffer();
    for (const alt of ['First', 'Second']) {
      const answer = await agent
        .post('/admin/media')
        .set('Accept', 'application/json')
        .field('alt', alt)
        .attach('file', bytes, 'a.png')
        .expect(201);
      expect(answer.body.media[0]).toMatchObject({ alt: 'First' });
      expect(answer.body.media[0].note).toBeUndefined();
    }
  });
});
