/** Pictures by button, drop and paste: uploaded at once, cited where the cursor was. */
export function takePictures(editor) {
  const { form, body } = editor;
  const input = form.querySelector('[data-upload]');
  const state = form.querySelector('[data-upload-state]');
  let number = 0;

  const isPicture = (file) => file.type.startsWith('image/');

  function take(files) {
    const list = [...files];
    if (list.length === 0) return;
    state.textContent = list.every(isPicture) ? '' : editor.say('notPicture');
    for (const file of list.filter(isPicture)) void upload(file);
  }

  async function upload(file) {
    number += 1;
    const name = file.name.replace(/[[\]()\n]/g, ' ').trim() || 'picture';
    const placeholder = `![${editor.say('uploading', { name })}](#${number})`;
    const before = body.value.slice(0, body.selectionStart);
    const gap = before === '' || before.endsWith('\n') ? '' : '\n\n';
    editor.insert(`${gap}${placeholder}\n`);
    try {
      const { id, alt } = await send(file);
      replace(placeholder, `![${alt.replace(/[[\]\n]/g, ' ')}](/media/${id})`, alt === '');
    } catch (error) {
      replace(`${placeholder}\n`, '', false);
      state.textContent = editor.say('uploadFailed', { name, reason: error.message });
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

  /** Changes the placeholder without moving a cursor that is elsewhere by now. */
  function replace(placeholder, text, askForWords) {
    const start = body.value.indexOf(placeholder);
    if (start === -1) return;
    const end = start + placeholder.length;
    const cursor = body.selectionStart;
    const waitsHere = cursor >= end && cursor <= end + 1;
    body.setRangeText(text, start, end, 'preserve');
    if (askForWords && waitsHere && document.activeElement === body) {
      body.setSelectionRange(start + 2, start + 2);
      state.textContent = editor.say('describe');
    }
    editor.changed();
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
