const segmenter =
  'Segmenter' in Intl ? new Intl.Segmenter(undefined, { granularity: 'word' }) : undefined;
const LONGEST = 50_000;

function wordsIn(text) {
  if (!segmenter || text.length > LONGEST) return text.match(/\S+/g)?.length ?? 0;
  let count = 0;
  for (const { isWordLike } of segmenter.segment(text)) if (isWordLike) count += 1;
  return count;
}

/** Shows how many words the text has. */
export function countWords(editor) {
  const place = editor.form.querySelector('[data-count]');
  const number = new Intl.NumberFormat(document.documentElement.lang);
  let timer = 0;
  const show = () => {
    place.textContent = editor.say('words', { count: number.format(wordsIn(editor.body.value)) });
  };
  editor.body.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(show, 300);
  });
  show();
}
