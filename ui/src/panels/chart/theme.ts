/** The tokens as a canvas needs them: resolved now, and again when the theme changes. */
import { useSyncExternalStore } from 'react';

let version = 0;
const listeners = new Set<() => void>();
let watching = false;

function watch(): void {
  if (watching) return;
  watching = true;
  const changed = () => {
    version++;
    listeners.forEach((listener) => listener());
  };
  new MutationObserver(changed).observe(document.documentElement, {
    attributeFilter: ['data-theme'],
  });
  if (typeof matchMedia === 'function')
    matchMedia('(prefers-color-scheme: light)').addEventListener('change', changed);
}

/** Rises with each change of the theme: a canvas that draws by it draws again. */
export function useThemeVersion(): number {
  return useSyncExternalStore(
    (listener) => {
      watch();
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => version,
  );
}

/** The colour behind `var(--c1)` in today's theme, also inside a mix; any other colour as it is. */
export function resolve(colour: string): string {
  if (!colour.includes('var(')) return colour;
  const style = getComputedStyle(document.documentElement);
  return colour.replace(/var\((--[\w-]+)\)/g, (_, name: string) => {
    const value = style.getPropertyValue(name).trim();
    return value.includes('var(') ? resolve(value) : value || '#888888';
  });
}

/** A resolved colour, `share` of 1 opaque. */
export function faded(colour: string, share: number): string {
  if (/^#[0-9a-f]{6}$/i.test(colour)) {
    return (
      colour +
      Math.round(share * 255)
        .toString(16)
        .padStart(2, '0')
    );
  }
  return `color-mix(in srgb, ${colour} ${Math.round(share * 100)}%, transparent)`;
}

/** In whole pixels: uPlot scales the digits before "px" for sharp screens and knows no fractions. */
export const AXIS_PX = 11;
export const axisFont = (): string => `${AXIS_PX}px ${resolve('var(--sans)') || 'sans-serif'}`;

let context: CanvasRenderingContext2D | null | undefined;

/** How wide a text is on an axis, in CSS pixels. */
export function textWidth(text: string): number {
  if (typeof Path2D === 'undefined') return text.length * 6; // no canvas here: a test, a printer
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return text.length * 6;
  context.font = axisFont();
  return context.measureText(text).width;
}

/** False where there is no canvas to draw on (a test): charts then keep to their words. */
export const canDraw = (): boolean => typeof Path2D !== 'undefined';
