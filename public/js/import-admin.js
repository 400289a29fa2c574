/** The page of an import: asks how far it is, and loads itself anew when there is more to read. */

// Milliseconds between two questions.
const PAUSE = 1000;
const LONGEST_PAUSE = 15_000;

const state = document.querySelector('[data-import-progress]');
if (state) void watch(state);

async function watch(state) {
  const bar = document.querySelector('[data-import-bar]');
  const label = document.querySelector('[data-import-label]');
  const pictures = document.querySelector('[data-import-pictures]');
  const rest = document.querySelector('[data-import-rest]');
  const wasRunning = bar !== null;
  for (let pause = PAUSE; ;) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const progress = await ask(state.dataset.importProgress);
    if (progress === null) {
      pause = Math.min(pause * 2, LONGEST_PAUSE);
      continue;
    }
    pause = progress.running ? PAUSE : PAUSE * 2;
    if (wasRunning && !progress.running) return location.reload();
    if (bar) bar.value = progress.percent;
    if (label && label.textContent !== progress.label) label.textContent = progress.label;
    if (rest) rest.textContent = progress.pictures.rest;
    if (pictures) pictures.textContent = progress.pictures.label;
    if (!progress.running && progress.pictures.waiting === 0) return location.reload();
  }
}

async function ask(address) {
  try {
    const response = await fetch(address, { headers: { Accept: 'application/json' } });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
