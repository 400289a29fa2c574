import { keepWhileWriting } from './autosave.js';
import { countWords } from './counting.js';
import { takePictures } from './pictures.js';
import { showPreview } from './preview.js';
import { saveByKey } from './saving.js';
import { addTools } from './tools.js';

// As the server writes it: plain English has the day before the month and counts to 24 hours.
const { lang } = document.documentElement;
const locale = lang === 'en' ? 'en-GB' : lang;

const form = document.querySelector('form[data-editor]');
if (form) start(form);

/** The form works without any of this; each part adds one comfort and knows only `editor`. */
function start(form) {
  const words = JSON.parse(form.dataset.words);
  const editor = {
    form,
    locale,
    body: form.elements.body,
    /** A word of the catalogue with its placeholders filled. */
    say: (name, values = {}) =>
      words[name].replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole),
    /** One line for the eye and for screen readers. */
    report(text) {
      form.querySelector('[data-state]').textContent = text;
    },
    time: (date) =>
      new Intl.DateTimeFormat(locale, {
        hour: '2-digit',
        minute: '2-digit',
      }).format(date),
    /** Puts text in the place of the selection, so that the browser can undo it. */
    insert(text) {
      editor.body.focus();
      const done = document.execCommand?.('insertText', false, text);
      if (done) return;
      const { selectionStart, selectionEnd } = editor.body;
      editor.body.setRangeText(text, selectionStart, selectionEnd, 'end');
      editor.changed();
    },
    changed() {
      editor.body.dispatchEvent(new Event('input', { bubbles: true }));
    },
  };
  form.querySelector('[data-tools]').hidden = false;
  form.querySelector('[data-body-foot]').hidden = false;
  // Spelling is checked in the language of the post.
  form.elements.language.addEventListener('change', ({ target }) => {
    for (const name of ['title', 'body', 'excerpt']) form.elements[name].lang = target.value;
  });
  addTools(editor);
  takePictures(editor);
  countWords(editor);
  showPreview(editor);
  const keeping = keepWhileWriting(editor);
  saveByKey(editor, keeping);
}
