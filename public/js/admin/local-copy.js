// The second net: what is typed lies in this browser too, for a lost connection or session.

const PREFIX = 'billet:draft:';
const SUBMITTED = 'billet:submitted';
const LONGEST_KEPT = 30 * 24 * 60 * 60 * 1000;

/** Storage may be full or forbidden; writing goes on without it. */
function attempt(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/** Keeps a copy of the form under its key. */
export function keepLocal(copy) {
  attempt(() =>
    localStorage.setItem(PREFIX + copy.key, JSON.stringify({ ...copy, at: Date.now() })),
  );
}

/** Forgets a copy. */
export function dropLocal(key) {
  attempt(() => localStorage.removeItem(PREFIX + key));
}

/** The newest copy of the same post, or of a new one of this kind; copies of last month go. */
export function findLocal({ kind, postId }) {
  const copies =
    attempt(() =>
      Object.keys(localStorage)
        .filter((name) => name.startsWith(PREFIX))
        .map((name) => ({ name, copy: attempt(() => JSON.parse(localStorage.getItem(name))) })),
    ) ?? [];
  for (const { name, copy } of copies) {
    if (!copy?.fields || Date.now() - copy.at > LONGEST_KEPT) {
      attempt(() => localStorage.removeItem(name));
    }
  }
  return copies
    .map(({ copy }) => copy)
    .filter((copy) => copy?.fields && copy.kind === kind && copy.postId === postId)
    .sort((a, b) => b.at - a.at)[0];
}

/** Notes what was sent, so that the next page can tell that it arrived. */
export function rememberSubmitted(key, words) {
  attempt(() => sessionStorage.setItem(SUBMITTED, JSON.stringify({ key, words })));
}

/** Drops the copy of what was sent when this page shows that it arrived. */
export function forgetSubmitted(words) {
  const sent = attempt(() => JSON.parse(sessionStorage.getItem(SUBMITTED)));
  if (sent?.words === words) dropLocal(sent.key);
  attempt(() => sessionStorage.removeItem(SUBMITTED));
}
