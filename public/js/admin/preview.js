const PAUSE = 350;
const CHOICE = 'billet:preview';

/** Which way a language runs, where the browser knows. */
function directionOf(language) {
  try {
    const locale = new Intl.Locale(language);
    return (locale.getTextInfo?.() ?? locale.textInfo).direction;
  } catch {
    return 'auto';
  }
}

/** The text as it will look, beside the text as it is written: made by the server's own renderer. */
export function showPreview(editor) {
  const { form, body } = editor;
  const pane = form.querySelector('[data-preview]');
  const content = form.querySelector('[data-preview-content]');
  const panes = form.querySelector('[data-panes]');
  const button = form.querySelector('[data-view="preview"]');
  let timer = 0;
  let asking = null;

  async function render() {
    asking?.abort();
    asking = new AbortController();
    const data = new FormData();
    data.set('body', body.value);
    try {
      const answer = await fetch('/admin/preview', {
        method: 'POST',
        headers: { Accept: 'application/json' },
        body: data,
        signal: asking.signal,
      });
      if (!answer.ok) throw new Error(answer.statusText);
      const { html } = await answer.json();
      // Sanitised by the server, as everything that it stores.
      content.innerHTML = html;
      content.lang = form.elements.language.value;
      content.dir = directionOf(content.lang);
      follow();
    } catch (error) {
      if (error.name !== 'AbortError') content.textContent = editor.say('previewFailed');
    }
  }

  function follow() {
    const way = body.scrollHeight - body.clientHeight;
    const part = way > 0 ? body.scrollTop / way : 0;
    pane.scrollTop = part * (pane.scrollHeight - pane.clientHeight);
  }

  function show(open) {
    pane.hidden = !open;
    panes.classList.toggle('panes-both', open);
    form.classList.toggle('editor-previewing', open);
    button.setAttribute('aria-pressed', String(open));
    if (open) void render();
  }

  button.addEventListener('click', () => {
    const open = pane.hidden;
    show(open);
    try {
      localStorage.setItem(CHOICE, open ? 'open' : '');
    } catch {
      // The choice lasts as long as the page, then.
    }
  });
  body.addEventListener('input', () => {
    if (pane.hidden) return;
    clearTimeout(timer);
    timer = setTimeout(render, PAUSE);
  });
  body.addEventListener('scroll', () => !pane.hidden && follow(), { passive: true });
  try {
    if (localStorage.getItem(CHOICE) === 'open') show(true);
  } catch {
    // No storage, no memory of the choice.
  }
}
