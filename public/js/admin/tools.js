/** Buttons and keys that write Markdown around the selection. */
export function addTools(editor) {
  const { body, form } = editor;

  function selection() {
    return body.value.slice(body.selectionStart, body.selectionEnd);
  }

  /** Puts marks around the selection, or takes them away where they are. */
  function surround(mark, placeholder) {
    const { selectionStart: start, selectionEnd: end, value } = body;
    const text = value.slice(start, end);
    const outer =
      value.slice(start - mark.length, start) === mark &&
      value.slice(end, end + mark.length) === mark;
    if (outer && text !== '') {
      body.setSelectionRange(start - mark.length, end + mark.length);
      editor.insert(text);
      body.setSelectionRange(start - mark.length, end - mark.length);
      return;
    }
    const inner = text || placeholder;
    editor.insert(mark + inner + mark);
    body.setSelectionRange(start + mark.length, start + mark.length + inner.length);
  }

  /** Puts a prefix before every line of the selection, or takes it away. */
  function prefixLines(prefix) {
    const { value } = body;
    const start = value.lastIndexOf('\n', body.selectionStart - 1) + 1;
    const next = value.indexOf('\n', body.selectionEnd);
    const end = next === -1 ? value.length : next;
    const lines = value.slice(start, end).split('\n');
    const all = lines.every((line) => line.startsWith(prefix));
    const changed = lines
      .map((line) => (all ? line.slice(prefix.length) : prefix + line))
      .join('\n');
    body.setSelectionRange(start, end);
    editor.insert(changed);
    body.setSelectionRange(start, start + changed.length);
  }

  function link() {
    const text = selection() || editor.say('linkText');
    const start = body.selectionStart;
    editor.insert(`[${text}](https://)`);
    const address = start + text.length + 3;
    body.setSelectionRange(address, address + 'https://'.length);
  }

  function code() {
    const text = selection();
    if (!text.includes('\n')) return surround('`', editor.say('codeText'));
    editor.insert(`\`\`\`\n${text}\n\`\`\``);
  }

  const tools = {
    bold: () => surround('**', editor.say('boldText')),
    italic: () => surround('*', editor.say('italicText')),
    link,
    heading: () => prefixLines('## '),
    list: () => prefixLines('- '),
    quote: () => prefixLines('> '),
    code,
  };
  for (const button of form.querySelectorAll('[data-tool]')) {
    const tool = tools[button.dataset.tool];
    if (tool) button.addEventListener('click', tool);
  }

  const keys = { b: 'bold', i: 'italic', k: 'link' };
  body.addEventListener('keydown', (event) => {
    const name =
      (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && keys[event.key];
    if (name) {
      event.preventDefault();
      tools[name]();
    } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      continueList(event);
    }
  });

  /** Enter in a list begins the next point; in an empty point it ends the list. */
  function continueList(event) {
    const { selectionStart, selectionEnd, value } = body;
    if (selectionStart !== selectionEnd) return;
    const start = value.lastIndexOf('\n', selectionStart - 1) + 1;
    const line = value.slice(start, selectionStart);
    const found = /^(\s*)([-*+]|(\d{1,9})([.)])|>) (\[[ xX]\] )?/.exec(line);
    if (!found) return;
    event.preventDefault();
    const [mark, indent, bullet, number, point, task] = found;
    if (line === mark) {
      body.setSelectionRange(start, selectionStart);
      editor.insert('\n');
      return;
    }
    const next = number ? `${Number(number) + 1}${point}` : bullet;
    editor.insert(`\n${indent}${next} ${task ? '[ ] ' : ''}`);
  }

  body.addEventListener('paste', (event) => {
    const text = event.clipboardData?.getData('text/plain').trim() ?? '';
    const chosen = selection();
    if (chosen === '' || chosen.includes('\n') || !/^https?:\/\/\S+$/.test(text)) return;
    event.preventDefault();
    editor.insert(`[${chosen}](${text})`);
  });
}
