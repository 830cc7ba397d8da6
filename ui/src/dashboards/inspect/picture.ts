/** A panel as it stands on the screen, as a picture; html-to-image copies its elements and canvases. */
import { toBlob } from 'html-to-image';

const SHARPNESS = 2;

/** Draws an element on the surface of its theme, without the menu that floats on it. */
export async function pictureOf(element: HTMLElement): Promise<Blob> {
  const { backgroundColor } = getComputedStyle(document.body);
  const blob = await toBlob(element, {
    backgroundColor,
    pixelRatio: SHARPNESS,
    filter: (node) => !(node instanceof HTMLElement && node.dataset['menu'] !== undefined),
  });
  if (!blob) throw new Error('this browser made no picture of it');
  return blob;
}
