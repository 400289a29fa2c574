/** The upload form of the library: files one by one with their progress, by choosing, dropping or pasting. */

const form = document.querySelector('[data-upload]');
if (form) enhance(form);

function enhance(form) {
  const input = form.querySelector('input[type=file]');
  const list = form.querySelector('[data-upload-list]');
  const hint = document.createElement('p');
  hint.className = 'upload-drop';
  hint.textContent = form.dataset.drop;
  input.after(hint);

  const start = (files) => {
    if (files.length > 0) void uploadAll(form, list, [...files]);
  };
  form.addEventListener('submit', (event) => {
    if (input.files.length === 0) return;
    event.preventDefault();
    start(input.files);
    input.value = '';
  });
  for (const name of ['dragenter', 'dragover']) {
    form.addEventListener(name, (event) => {
      if (!event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      form.classList.add('upload-over');
    });
  }
  for (const name of ['dragleave', 'drop']) {
    form.addEventListener(name, () => form.classList.remove('upload-over'));
  }
  form.addEventListener('drop', (event) => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    start(event.dataTransfer.files);
  });
  document.addEventListener('paste', (event) => {
    if (event.clipboardData?.files.length) start(event.clipboardData.files);
  });
}

async function uploadAll(form, list, files) {
  const alt = form.elements.alt;
  const words = alt.value;
  const lines = files.map((file) => lineFor(form, list, file));
  let stored = 0;
  for (const [index, file] of files.entries()) {
    if (await upload(form, file, words, lines[index])) stored += 1;
  }
  if (stored === 0) return;
  if (stored === files.length) alt.value = '';
  await refreshList();
}

function lineFor(form, list, file) {
  const line = document.createElement('li');
  const text = document.createElement('span');
  const bar = document.createElement('progress');
  text.dir = 'auto';
  text.textContent = form.dataset.uploading.replace('{name}', () => file.name);
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute('aria-label', file.name);
  line.append(text, bar);
  list.hidden = false;
  list.append(line);
  return { line, text, bar };
}

async function upload(form, file, alt, { line, text, bar }) {
  const body = new FormData();
  body.append('alt', alt);
  body.append('file', file, file.name);
  const answer = await send(form.action, body, (part) => {
    bar.value = part;
  });
  bar.remove();
  const [media] = answer?.media ?? [];
  if (!media) {
    line.className = 'problem';
    text.textContent =
      answer?.errors?.[0]?.message ?? form.dataset.failed.replace('{name}', () => file.name);
    return false;
  }
  const link = document.createElement('a');
  link.href = `/admin/media/${media.id}`;
  link.textContent = form.dataset.done.replace('{name}', () => file.name);
  text.replaceChildren(link, media.note ? ` ${media.note}` : '');
  return true;
}

/** `fetch` cannot say how much of a body is sent. */
function send(address, body, onProgress) {
  return new Promise((resolve) => {
    const request = new window.XMLHttpRequest();
    request.open('POST', address);
    request.setRequestHeader('Accept', 'application/json');
    request.responseType = 'json';
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    request.addEventListener('loadend', () => resolve(request.response));
    request.send(body);
  });
}

async function refreshList() {
  const answer = await fetch('/admin/media', { headers: { Accept: 'text/html' } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.getElementById('media-list');
  if (fresh) document.getElementById('media-list')?.replaceWith(fresh);
}
