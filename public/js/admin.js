// Nothing here is needed: every page of the admin works without it.

/** On a phone the navigation is one line that scrolls: the page shown should be in sight. */
function showWhereWeAre() {
  const nav = document.querySelector('.side-nav');
  const current = nav?.querySelector('[aria-current]');
  if (!current || nav.scrollWidth <= nav.clientWidth) return;
  const middle = current.offsetLeft - (nav.clientWidth - current.offsetWidth) / 2;
  nav.scrollLeft = middle - nav.offsetLeft;
}

showWhereWeAre();
