// Put into each page before its own scripts: walks over a board until every panel is at rest, and
// leaves in window.visited what each came to.
(() => {
  const PATIENCE_MS = 30_000; // of one board
  const UNSEEN_MS = 12_000; // until there is anything of it
  const CALM = 2; // looks in a row without a change
  const WITH_WORDS = 300;

  const rest = (ms) => new Promise((done) => setTimeout(done, ms));
  const boxes = () => [...document.querySelectorAll('[data-panel]')];
  const shut = () => document.querySelector('main h2 button[aria-expanded="false"]');
  const rows = () => document.querySelectorAll('main h2 button[aria-expanded]').length;

  async function walk() {
    const start = performance.now();
    const passed = () => performance.now() - start;
    while (boxes().length === 0 && rows() === 0 && passed() < UNSEEN_MS) await rest(50);
    let calm = 0;
    let before = '';
    while (calm < CALM && passed() < PATIENCE_MS) {
      for (let row = shut(); row && passed() < PATIENCE_MS; row = shut()) {
        row.click();
        await rest(20);
      }
      for (const box of boxes()) {
        if (box.dataset.state !== 'loading') continue;
        box.scrollIntoView({ block: 'center' });
        await rest(10);
      }
      await rest(150);
      const now = boxes()
        .map((box) => box.dataset.panel + box.dataset.state)
        .join();
      calm = now === before && !now.includes('loading') && !shut() ? calm + 1 : 0;
      before = now;
    }
    return boxes().map((box) => ({
      id: box.dataset.panel,
      kind: box.dataset.kind ?? '',
      state: box.dataset.state ?? '',
      asks: box.asks ?? [],
      words: (box.innerText ?? '').slice(0, WITH_WORDS),
    }));
  }

  window.addEventListener('DOMContentLoaded', () => {
    walk().then(
      (panels) => (window.visited = JSON.stringify({ panels, says: document.querySelector('main')?.innerText?.slice(0, WITH_WORDS) ?? '' })),
      (failure) => (window.visited = JSON.stringify({ panels: [], says: String(failure) })),
    );
  });
})();
