/** An image or a link on one line, also an image inside of a link. */
const MARKUP = /!?\[(?:[^[\]\n]|\[[^[\]\n]*\](?:\([^()\n]*\))?)*\](?:\([^()\n]*\)|\[[^[\]\n]*\])/g;

/** The next position at or after this one that is not inside of an image or a link. */
function outside(text, position) {
  for (const { index, 0: markup } of text.matchAll(MARKUP)) {
    const end = index + markup.length;
    if (index < position && position < end) return end;
  }
  return position;
}

/** The line ends that make what stands beside a picture another paragraph. */
const gapAfter = (before) => (before === '' ? '' : '\n\n'.slice(/\n{0,2}$/.exec(before)[0].length));
const gapBefore = (after) => (after === '' ? '\n' : '\n\n'.slice(/^\n{0,2}/.exec(after)[0].length));

/** Pictures by button, drop and paste: uploaded at once, cited where the cursor was. */
export function takePictures(editor) {
  const { form, body } = editor;
  const input = form.querySelector('[data-upload]');
  const state = form.querySelector('[data-upload-state]');
  let number = 0;

  /** What there is to do, in the tone of a note; and what went wrong. */
  function note(text, isProblem = false) {
    state.textContent = text;
    state.classList.toggle('problem', isProblem);
  }

  const isPicture = (file) => file.type.startsWith('image/');

  function take(files) {
    const list = [...files];
    if (list.length === 0) return;
    if (list.every(isPicture)) note('');
    else note(editor.say('notPicture'), true);
    for (const file of list.filter(isPicture)) void upload(file);
  }

  async function upload(file) {
    number += 1;
    const name = file.name.replace(/[[\]()\n]/g, ' ').trim() || 'picture';
    const placeholder = `![${editor.say('uploading', { name })}](#${number})`;
    const { value } = body;
    const position = outside(value, body.selectionEnd);
    body.setSelectionRange(position, position);
    const after = gapBefore(value.slice(position));
    editor.insert(gapAfter(value.slice(0, position)) + placeholder + after);
    try {
      const { id, alt } = await send(file);
      replace(placeholder, `![${alt.replace(/[[\]\n]/g, ' ')}](/media/${id})`);
      // What went wrong with another file stays to be read.
      if (alt === '' && !state.classList.contains('problem')) note(editor.say('describe'));
    } catch (error) {
      if (!replace(placeholder + after, '')) replace(placeholder, '');
      note(editor.say('uploadFailed', { name, reason: error.message }), true);
    }
  }

  async function send(file) {
    const data = new FormData();
    data.append('file', file);
    const answer = await fetch('/admin/media', {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body: data,
    });
    const isJson = answer.headers.get('Content-Type')?.includes('json');
    const content = isJson ? await answer.json() : {};
    const [media] = content.media ?? [];
    if (media) return { id: media.id, alt: media.alt ?? '' };
    throw new Error(
      content.errors?.[0]?.message ??
        content.error?.message ??
        `${answer.status} ${answer.statusText}`,
    );
  }

  /** Changes a piece of the text; the cursor stays where it is, or goes after the piece. */
  function replace(piece, text) {
    const start = body.value.indexOf(piece);
    if (start === -1) return false;
    const end = start + piece.length;
    const moved = (position) => {
      if (position <= start) return position;
      return position < end ? start + text.length : position + text.length - piece.length;
    };
    const selection = [moved(body.selectionStart), moved(body.selectionEnd)];
    body.setRangeText(text, start, end);
    body.setSelectionRange(...selection);
    editor.changed();
    return true;
  }

  form.querySelector('[data-tool="picture"]').addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    body.focus();
    take(input.files);
    input.value = '';
  });
  body.addEventListener('paste', (event) => {
    const files = event.clipboardData?.files ?? [];
    if (files.length === 0) return;
    event.preventDefault();
    take(files);
  });
  for (const name of ['dragenter', 'dragover']) {
    body.addEventListener(name, (event) => {
      if (!event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      body.classList.add('dragging');
    });
  }
  for (const name of ['dragleave', 'drop']) {
    body.addEventListener(name, () => body.classList.remove('dragging'));
  }
  body.addEventListener('drop', (event) => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    take(event.dataTransfer.files);
  });
}
