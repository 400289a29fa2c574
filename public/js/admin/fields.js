const TEXTS = [
  'title',
  'slug',
  'body',
  'excerpt',
  'categoryId',
  'tags',
  'coverId',
  'status',
  'publishedAt',
  'language',
];

/** Every field of the form that an autosave keeps. */
export function readFields(form) {
  const data = new FormData(form);
  const fields = {};
  for (const name of TEXTS) fields[name] = data.get(name)?.toString() ?? '';
  fields.categoryIds = data.getAll('categoryIds').map(String);
  fields.commentsOpen = data.has('commentsOpen');
  fields.sticky = data.has('sticky');
  return fields;
}

/** Puts kept fields back into the form. */
export function writeFields(form, fields) {
  for (const name of TEXTS) {
    const field = form.elements.namedItem(name);
    if (field && typeof fields[name] === 'string') field.value = fields[name];
  }
  for (const box of form.querySelectorAll('[name="categoryIds"]')) {
    box.checked = (fields.categoryIds ?? []).includes(box.value);
  }
  for (const name of ['commentsOpen', 'sticky']) {
    const box = form.elements.namedItem(name);
    if (box) box.checked = fields[name] === true;
  }
}

/** The words of a post: what nobody may lose. */
export function wordsOf(fields) {
  return ['title', 'body', 'excerpt'].map((name) => (fields[name] ?? '').trim()).join('\n');
}
