/** What jsdom lacks and uPlot asks for as it is loaded. Import it first in a test that draws charts. */
const nothing = () => undefined;

if (typeof matchMedia !== 'function') {
  Object.defineProperty(globalThis, 'matchMedia', {
    value: (media: string) => ({
      media,
      matches: false,
      addEventListener: nothing,
      removeEventListener: nothing,
    }),
  });
}

if (typeof HTMLDialogElement !== 'undefined' && !('showModal' in HTMLDialogElement.prototype)) {
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.open = true;
    },
    close(this: HTMLDialogElement) {
      this.open = false;
      this.dispatchEvent(new Event('close'));
    },
  });
}
