// Nothing here is needed: every page of the admin works without it.

/** A form that came back: reading goes on where it says why, and each link leads into its field. */
function showProblems() {
  const summary = document.querySelector('[data-problems]');
  if (!summary) return;
  summary.focus();
  summary.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#"]');
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    for (let box = field.closest('details'); box; box = box.parentElement.closest('details')) {
      box.open = true;
    }
    field.focus({ preventScroll: true });
    field.scrollIntoView({ block: 'center' });
  });
}

showProblems();
