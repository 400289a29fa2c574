// Nothing here is needed: every page is whole without it.

const page = document.documentElement;

/** Days of `<time data-relative>`: "3 days ago", the full date stays as the tooltip. */
function showRelativeTimes() {
  const words = new Intl.RelativeTimeFormat(page.lang, { numeric: 'auto' });
  const units = [
    ['year', 31_557_600],
    ['month', 2_629_800],
    ['week', 604_800],
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ];
  for (const time of document.querySelectorAll('time[data-relative]')) {
    const seconds = (Date.parse(time.dateTime) - Date.now()) / 1000;
    const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ['minute', 60];
    time.title ||= time.textContent.trim();
    time.textContent = words.format(Math.trunc(seconds / size), unit);
  }
}

/** Menus that are open close by Escape and by a click elsewhere. */
function closeSubmenus(except) {
  for (const menu of document.querySelectorAll('.submenu[open]')) {
    if (menu.contains(except)) continue;
    const hadFocus = menu.contains(document.activeElement);
    menu.open = false;
    if (hadFocus) menu.firstElementChild.focus();
  }
}

document.addEventListener('click', (event) => closeSubmenus(event.target));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') closeSubmenus(null);
});

/** Whose players the content security policy lets in. */
const players = ['youtube', 'vimeo', 'dailymotion'];

/** A click on a video's link puts its player there; only then is anybody else asked. */
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[data-embed-src]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  if (!players.includes(link.dataset.embed)) return;
  event.preventDefault();
  const frame = document.createElement('iframe');
  Object.assign(frame, {
    src: `${link.dataset.embedSrc}${link.dataset.embedSrc.includes('?') ? '&' : '?'}autoplay=1`,
    title: link.textContent.trim(),
    allow: 'autoplay; fullscreen; picture-in-picture; encrypted-media',
    className: 'player',
    referrerPolicy: 'strict-origin-when-cross-origin',
  });
  link.replaceWith(frame);
  frame.focus();
});

showRelativeTimes();
