import type { Bucket, Histogram } from '../api/prometheus';
import { texts } from '../app/texts';
import { compact } from '../format';
import css from './histogram.module.css';

const words = texts.explore;
const WIDTH = 96;
const HEIGHT = 18;

/** A native histogram in a cell: how many, their sum, its shape; the buckets unfold. */
export function HistogramCell({ histogram }: { histogram: Histogram }) {
  const { count, sum, buckets } = histogram;
  return (
    <div className={css.cell}>
      <span>
        <small>{words.count}</small> {compact(count)}
      </span>
      <span>
        <small>{words.sum}</small> {compact(sum)}
      </span>
      <details className={css.buckets}>
        <summary>
          <Shape buckets={buckets} />
          {words.buckets(buckets.length)}
        </summary>
        <table>
          <tbody>
            {buckets.map((bucket, i) => (
              <tr key={i}>
                <th scope="row">{bounds(bucket)}</th>
                <td>{compact(bucket.count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  );
}

/** Bars of equal width, because the buckets of an exponential histogram grow with their values. */
function Shape({ buckets }: { buckets: readonly Bucket[] }) {
  const most = Math.max(...buckets.map(({ count }) => count), 0);
  const width = WIDTH / Math.max(buckets.length, 1);
  return (
    <svg width={WIDTH} height={HEIGHT} aria-hidden="true" className={css.shape}>
      {most > 0 &&
        buckets.map(({ count }, i) => {
          const height = Math.max(1, (Math.max(0, count) / most) * HEIGHT);
          const bar = { x: i * width, y: HEIGHT - height, width: Math.max(0.5, width - 1), height };
          return <rect key={i} {...bar} />;
        })}
    </svg>
  );
}

/** `(0.5, 1]`: round where the bound is outside, square where it is inside. */
export function bounds({ lower, upper, closed }: Bucket): string {
  const open = closed === 1 || closed === 3 ? '[' : '(';
  const close = closed === 0 || closed === 3 ? ']' : ')';
  return `${open}${compact(lower)}, ${compact(upper)}${close}`;
}
