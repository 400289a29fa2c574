/** Ctrl+S saves without leaving the page; what needs a word with the author goes the ordinary way. */
export function saveByKey(editor, keeping) {
  const { form } = editor;
  const button = form.querySelector('[data-save]');
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
  const hint = button.querySelector('[data-key]');
  hint.textContent = isMac ? '⌘S' : 'Ctrl S';
  hint.hidden = false;
  let busy = false;

  async function save() {
    if (busy) return;
    busy = true;
    editor.report(editor.say('saving'));
    try {
      const answer = await fetch(form.action, {
        method: 'POST',
        headers: { Accept: 'application/json' },
        body: new FormData(form),
      });
      const isJson = answer.headers.get('Content-Type')?.includes('json');
      if (!answer.ok || !isJson) {
        if (answer.status >= 500) throw new Error(answer.statusText);
        // Two versions, a field that does not fit, a session that ended: the page says it better.
        form.requestSubmit(button);
        return;
      }
      arrived(await answer.json());
    } catch {
      editor.report(editor.say('keptHere'));
    } finally {
      busy = false;
    }
  }

  function arrived(post) {
    const statusShown = form.elements.status.value;
    form.elements.version.value = post.version;
    if (form.elements.slug.value === '') form.elements.slug.value = post.slug;
    form.dataset.postId = post.id;
    form.action = post.href;
    history.replaceState(null, '', post.href);
    keeping.saved();
    editor.report(editor.say('saved', { time: editor.time(new Date()) }));
    // The date decided otherwise than the status said: let the page say what it is now.
    if (statusShown !== post.status) location.assign(post.href);
  }

  document.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 's' || !(isMac ? event.metaKey : event.ctrlKey)) return;
    if (event.altKey || event.shiftKey) return;
    event.preventDefault();
    // A cover to upload, or two versions to decide between, need the whole page.
    const hasFile = form.elements.coverFile?.files.length > 0;
    if (hasFile || form.querySelector('.conflict')) form.requestSubmit(button);
    else void save();
  });
}
