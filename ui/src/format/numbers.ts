/** Numbers in our own words: at most three significant digits, a space before the unit, a true minus. */

const MINUS = '−';

/** A count: whole up to 9,999, then in k, M, G: `1,184`, `214 k`, `31.6 M`. */
export function count(value: number): string {
  if (!Number.isFinite(value)) return plain(value);
  if (Math.abs(value) < 10_000) {
    return sign(Math.round(value).toLocaleString('en-GB'));
  }
  return scaled(value, 1000, ['', 'k', 'M', 'G', 'T', 'P']);
}

/** Any value without a unit, as axes and legends show it: `0.0413`, `12.4`, `3.1 k`. */
export function compact(value: number): string {
  if (!Number.isFinite(value)) return plain(value);
  const size = Math.abs(value);
  if (size !== 0 && size < 1e-4) return sign(value.toExponential(1).replace('e-', 'e' + MINUS));
  if (size < 1000) return sign(significant(value));
  return scaled(value, 1000, ['', 'k', 'M', 'G', 'T', 'P', 'E']);
}

/** Bytes as the system counts them: `118 MiB`, `21.4 GiB`. */
export function bytes(value: number): string {
  if (!Number.isFinite(value)) return plain(value);
  return scaled(value, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']);
}

/** Bits each second, as lines are sold: `118 kb/s`, `2.4 Mb/s`. */
export function bitRate(value: number): string {
  if (!Number.isFinite(value)) return plain(value);
  return scaled(value, 1000, ['b/s', 'kb/s', 'Mb/s', 'Gb/s', 'Tb/s']);
}

/** A share from 0 to 1 in per cent: `0.7 %`. Never rounded up to a whole it has not reached. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return plain(share);
  const value = share * 100;
  if (value === 0) return '0 %';
  if (value < 0.1) return '< 0.1 %';
  const text = value < 10 ? floorTo(value, 1) : floorTo(value, value < 100 && value > 99 ? 1 : 0);
  return `${text} %`;
}

/** Up to three significant digits, without trailing zeros. */
export function significant(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return String(Number(value.toFixed(Math.min(digits, 12))));
}

function scaled(value: number, base: number, units: readonly string[]): string {
  let size = Math.abs(value);
  let unit = 0;
  while (unit < units.length - 1 && Number(significant(size)) >= base) {
    size /= base;
    unit++;
  }
  const text = units[unit] ? `${significant(size)} ${units[unit]}` : significant(size);
  return value < 0 ? MINUS + text : text;
}

function floorTo(value: number, digits: number): string {
  const scale = 10 ** digits;
  return String(Math.floor(value * scale + 1e-9) / scale);
}

function sign(text: string): string {
  return text.replace(/^-/, MINUS);
}

function plain(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '+Inf' : `${MINUS}Inf`;
}
