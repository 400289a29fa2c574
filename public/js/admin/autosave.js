import { readFields, wordsOf, writeFields } from './fields.js';
import {
  dropLocal,
  findLocal,
  forgetSubmitted,
  keepLocal,
  rememberSubmitted,
} from './local-copy.js';

const PAUSE = 2500;
const LONGEST_WAIT = 10_000;
const RETRY = 15_000;

/**
 * Keeps what is typed: on the server after a pause, in this browser at once. The published text is
 * never touched. Answers what saving needs to know.
 */
export function keepWhileWriting(editor) {
  const { form } = editor;
  const state = {
    saved: JSON.stringify(readFields(form)),
    kept: form.hasAttribute('data-dirty'),
    dirty: form.hasAttribute('data-dirty'),
    leaving: false,
    timer: 0,
    since: 0,
  };
  const key = form.elements.autosaveKey.value;

  function copy() {
    return {
      key,
      kind: form.dataset.kind,
      postId: form.dataset.postId === '' ? null : Number(form.dataset.postId),
      baseVersion: Number(form.elements.version.value),
      fields: readFields(form),
    };
  }

  async function send() {
    state.timer = 0;
    state.since = 0;
    if (!state.dirty || state.leaving) return;
    const { kind, postId, baseVersion, fields } = copy();
    const content = { kind, postId, baseVersion, fields };
    const sent = JSON.stringify(content.fields);
    try {
      const answer = await fetch(`/admin/autosaves/${key}`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body: JSON.stringify(content),
      });
      if (answer.status === 401) {
        editor.report(editor.say('loggedOut'));
      } else if (answer.ok) {
        state.kept = sent === JSON.stringify(readFields(form));
        const { at } = await answer.json();
        editor.report(editor.say('kept', { time: editor.time(new Date(at)) }));
      } else {
        editor.report(editor.say('unsaved'));
      }
    } catch {
      editor.report(editor.say('keptHere'));
      later(RETRY);
    }
  }

  function later(pause) {
    state.since ||= Date.now();
    clearTimeout(state.timer);
    state.timer = setTimeout(
      send,
      Math.max(0, Math.min(pause, state.since + LONGEST_WAIT - Date.now())),
    );
  }

  function noteChange() {
    const now = JSON.stringify(readFields(form));
    state.dirty = now !== state.saved || form.hasAttribute('data-dirty');
    state.kept = false;
    if (!state.dirty) {
      dropLocal(key);
      editor.report('');
      return;
    }
    keepLocal(copy());
    editor.report(editor.say('unsaved'));
    later(PAUSE);
  }

  form.addEventListener('input', noteChange);
  form.addEventListener('change', noteChange);
  form.addEventListener('submit', (event) => {
    if (event.submitter?.hasAttribute('data-preview-page')) return;
    state.leaving = true;
    clearTimeout(state.timer);
    rememberSubmitted(key, wordsOf(readFields(form)));
  });
  window.addEventListener('pageshow', () => {
    state.leaving = false;
  });
  window.addEventListener('online', () => later(0));
  window.addEventListener('beforeunload', (event) => {
    if (state.dirty && !state.kept && !state.leaving) event.preventDefault();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && state.timer) void send();
  });

  forgetSubmitted(wordsOf(readFields(form)));
  offerLocal(editor, copy(), noteChange);
  return {
    /** The form as it is now has been saved. */
    saved() {
      form.removeAttribute('data-dirty');
      state.saved = JSON.stringify(readFields(form));
      state.dirty = false;
      state.kept = true;
      clearTimeout(state.timer);
      dropLocal(key);
    },
    isDirty: () => state.dirty,
    leave() {
      state.leaving = true;
    },
  };
}

/** Text that this browser kept and no server has: shown as an offer, never put in by itself. */
function offerLocal(editor, present, noteChange) {
  const found = findLocal(present);
  if (!found || wordsOf(found.fields) === wordsOf(present.fields)) return;
  const box = document.createElement('div');
  box.className = 'flash flash-note';
  const text = document.createElement('p');
  const date = new Date(found.at).toLocaleString(editor.locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  text.textContent = editor.say('localFound', { time: date });
  const actions = document.createElement('p');
  actions.className = 'actions';
  const add = (word, className, action) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = className;
    button.textContent = editor.say(word);
    button.addEventListener('click', () => {
      box.remove();
      action();
    });
    actions.append(button);
  };
  add('localRestore', 'button', () => {
    writeFields(editor.form, found.fields);
    if (found.key !== present.key) dropLocal(found.key);
    noteChange();
    editor.body.dispatchEvent(new Event('input', { bubbles: true }));
    editor.body.focus();
  });
  add('localDiscard', 'button button-quiet', () => dropLocal(found.key));
  box.append(text, actions);
  editor.form.querySelector('.editor-head').after(box);
}
