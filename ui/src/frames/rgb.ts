/** Colours as numbers: read from what a board writes, weighed for how well they stand out. */

/** Red, green and blue, each from 0 to 1, as sRGB has them. */
export type Rgb = readonly [number, number, number];

/** The words of CSS that boards use beside Grafana's own names. */
const WORDS: Readonly<Record<string, string>> = {
  white: '#ffffff',
  black: '#000000',
  gray: '#808080',
  grey: '#808080',
  silver: '#c0c0c0',
  pink: '#ffc0cb',
  magenta: '#ff00ff',
  fuchsia: '#ff00ff',
  cyan: '#00ffff',
  aqua: '#00ffff',
  teal: '#008080',
  turquoise: '#40e0d0',
  lime: '#00ff00',
  olive: '#808000',
  gold: '#ffd700',
  brown: '#a52a2a',
  maroon: '#800000',
  navy: '#000080',
};

/** `#rgb`, `#rrggbb`, both with an alpha that is left away, `rgb()`, `rgba()`, or a plain word. Else null. */
export function rgbOf(colour: string): Rgb | null {
  const hex = /^#([0-9a-f]{3,8})$/i.exec(WORDS[colour.toLowerCase()] ?? colour.trim())?.[1];
  if (hex) {
    const wide = hex.length < 6 ? [...hex].map((c) => c + c).join('') : hex;
    const part = (at: number) => parseInt(wide.slice(at, at + 2), 16) / 255;
    return [part(0), part(2), part(4)];
  }
  const parts = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)/.exec(colour.trim());
  if (!parts) return null;
  const part = (at: number) => Math.min(255, Number(parts[at])) / 255;
  return [part(1), part(2), part(3)];
}

export const hexOf = (rgb: Rgb): string =>
  `#${rgb
    .map((part) =>
      Math.round(part * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

const toLight = (part: number) =>
  part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
const fromLight = (part: number) =>
  part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055;

/** Relative luminance, as WCAG 2 counts it. */
export function luminance([r, g, b]: Rgb): number {
  return 0.2126 * toLight(r) + 0.7152 * toLight(g) + 0.0722 * toLight(b);
}

/** The colour with as much white mixed in as it needs to be at least this light. */
export function atLeast(rgb: Rgb, least: number): Rgb {
  const own = luminance(rgb);
  if (own >= least) return rgb;
  const white = (least - own) / (1 - own);
  return each(rgb, (light) => light + white * (1 - light));
}

/** The colour darkened as far as it needs to be at most this light. */
export function atMost(rgb: Rgb, most: number): Rgb {
  const own = luminance(rgb);
  return own <= most ? rgb : each(rgb, (light) => (light * most) / own);
}

const each = ([r, g, b]: Rgb, change: (light: number) => number): Rgb => {
  const one = (part: number) => Math.min(1, Math.max(0, fromLight(change(toLight(part)))));
  return [one(r), one(g), one(b)];
};
