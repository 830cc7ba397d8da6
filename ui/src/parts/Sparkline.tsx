/** A small line beside its number: under a hundred points, drawn as SVG. A hole stays a hole. */
export function Sparkline(props: {
  values: readonly (number | null)[];
  width?: number;
  height?: number;
  colour?: string;
  /** The lowest value of the scale; without it, the data's own. */
  min?: number;
}) {
  const { values, width = 56, height = 15, colour = 'var(--c1)', min } = props;
  const path = sparkPath(values, width, height, min);
  return (
    <svg width={width} height={height} aria-hidden="true">
      <path d={path} fill="none" stroke={colour} strokeWidth="1.2" strokeLinejoin="round" />
    </svg>
  );
}

/** The line as an SVG path; a `null` lifts the pen. */
export function sparkPath(
  values: readonly (number | null)[],
  width: number,
  height: number,
  min?: number,
): string {
  const known = values.filter((value) => value !== null && Number.isFinite(value)) as number[];
  if (known.length === 0) return '';
  const low = Math.min(min ?? Infinity, ...known);
  const high = Math.max(...known);
  const scale = high > low ? (height - 3) / (high - low) : 0;
  const stepX = values.length > 1 ? (width - 2) / (values.length - 1) : 0;
  const base = high > low ? height - 1.5 : height / 2;
  let path = '';
  let down = false;
  values.forEach((value, i) => {
    if (value === null || !Number.isFinite(value)) {
      down = false;
      return;
    }
    path += `${down ? 'L' : 'M'}${(1 + i * stepX).toFixed(1)} ${(base - (value - low) * scale).toFixed(1)}`;
    down = true;
  });
  return path;
}
