import { describe, expect, it } from 'vitest';
import { ForbiddenError, InvalidError } from '#src/platform/errors.js';
import { changeSettings, defaultSettings, getSettings, saveSettings } from '#src/site/index.js';
import type { Role, Viewer } from '#src/users/index.js';
import { useApp } from '../support/app.js';
import { createUser } from '../support/factories.js';

const app = useApp();

const viewer = (role: Role): Viewer => ({ id: 1, username: 'ines', displayName: 'Ines', role });

/** Somebody with a row, whom the audit trail can name. */
async function admin(): Promise<Viewer> {
  const { id, username, displayName } = await createUser(app.db, { role: 'admin' });
  return { id, username, displayName, role: 'admin' };
}

const form = {
  title: ' Carnet du port ',
  description: 'Harbours.',
  language: 'fr',
  timeZone: 'Europe/Paris',
  postsPerPage: '12',
  footer: '*Kept* since 1871.',
  securityEmail: 'ines@example.org',
};

describe('settings', () => {
  it('have their defaults on a new site', async () => {
    expect(await getSettings(app.db)).toEqual(defaultSettings);
  });

  it('are saved as typed values and read back, with a note of who changed what', async () => {
    const ines = await admin();
    await saveSettings(app.db, ines, form);
    expect(await getSettings(app.db)).toEqual({
      ...form,
      title: 'Carnet du port',
      postsPerPage: 12,
    });
    await saveSettings(app.db, ines, { ...form, footer: 'New' });
    await saveSettings(app.db, ines, { ...form, footer: 'New' });
    const events = await app.db.auditEvent.findMany({ orderBy: { id: 'asc' } });
    expect(events.map((event) => [event.action, event.actorId])).toEqual([
      ['settings.change', ines.id],
      ['settings.change', ines.id],
    ]);
    expect(events[1]?.data).toEqual({ changed: ['footer'] });
  });

  it('are for admins alone', async () => {
    for (const role of ['reader', 'author', 'editor'] as const) {
      await expect(saveSettings(app.db, viewer(role), form)).rejects.toThrow(ForbiddenError);
    }
    await expect(saveSettings(app.db, null, form)).rejects.toThrow(ForbiddenError);
    expect(await app.db.setting.count()).toBe(0);
  });

  it('name each field that cannot be, and save nothing then', async () => {
    const wrong = {
      ...form,
      title: '',
      language: 'not a tag',
      timeZone: 'Europe/Atlantis',
      postsPerPage: '0',
      securityEmail: 'nobody',
    };
    const failed = await saveSettings(app.db, viewer('admin'), wrong).catch(
      (error: unknown) => error,
    );
    expect(failed).toBeInstanceOf(InvalidError);
    expect(Object.keys((failed as InvalidError).problems).sort()).toEqual([
      'language',
      'postsPerPage',
      'securityEmail',
      'timeZone',
      'title',
    ]);
    expect(await app.db.setting.count()).toBe(0);
  });

  it('fall back one by one when what is stored does not fit', async () => {
    await app.db.setting.createMany({
      data: [
        { key: 'title', value: 'Kept' },
        { key: 'timeZone', value: 'Nowhere/At_all' },
        { key: 'postsPerPage', value: 'many' },
      ],
    });
    expect(await getSettings(app.db)).toEqual({ ...defaultSettings, title: 'Kept' });
  });

  it('change in part without touching the rest', async () => {
    await saveSettings(app.db, await admin(), form);
    await changeSettings(app.db, { title: 'Imported' });
    await changeSettings(app.db, {});
    expect(await getSettings(app.db)).toMatchObject({
      title: 'Imported',
      timeZone: 'Europe/Paris',
    });
  });

  it('show on the next page of every process', async () => {
    await app.request().get('/').expect(200);
    await saveSettings(app.db, await admin(), {
      ...form,
      footer: 'Kept by [Ines](/about) <script>',
    });
    const { text } = await app.request().get('/').expect(200);
    expect(text).toContain('<title>Carnet du port</title>');
    expect(text).toMatch(/Kept by <a href="\/about"[^>]*>Ines<\/a>/);
    expect(text).not.toContain('<script>');
  });
});
