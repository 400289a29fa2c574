/** Choosing lines of a list: all at once, or a run of them with Shift. */
export function enhanceBatches() {
  for (const form of document.querySelectorAll('form[data-batch]')) enhance(form);
}

function enhance(form) {
  const boxes = [...form.querySelectorAll('input[name="ids"]')];
  const all = form.querySelector('[data-select-all]');
  const note = form.querySelector('[data-batch-count]');
  const hint = note.textContent;
  let last = null;

  function show() {
    const chosen = boxes.filter((box) => box.checked).length;
    const box = all.querySelector('input');
    box.checked = chosen === boxes.length;
    box.indeterminate = chosen > 0 && chosen < boxes.length;
    note.textContent = chosen === 0 ? hint : `${chosen} / ${boxes.length}`;
  }

  all.hidden = false;
  all.addEventListener('change', (event) => {
    for (const box of boxes) box.checked = event.target.checked;
    show();
  });
  form.addEventListener('click', (event) => {
    const box = event.target;
    if (!boxes.includes(box)) return;
    if (event.shiftKey && last !== null) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
    }
    last = box;
    show();
  });
  show();
}
