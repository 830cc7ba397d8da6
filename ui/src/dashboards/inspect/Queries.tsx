import { texts } from '../../app/texts';
import { durationText } from '../../query';
import { CopyButton } from '../../parts';
import type { PanelData } from '../ask';
import css from '../board.module.css';
import { curlOf } from './curl';

const words = texts.dashboards.inspect;

/** What a panel asked, with variables filled in, and how much came. */
export function Queries({ data }: { data: PanelData }) {
  if (!data.questions.length) return <p className={css.quiet}>{words.asksNothing}</p>;
  const points = data.frames.reduce((sum, { fields }) => sum + (fields[0]?.values.length ?? 0), 0);
  return (
    <>
      {data.questions.map((question) => {
        const { target, expr, range, atMs } = question;
        const when = [
          range && words.everyStep(durationText(range.stepMs)),
          atMs !== undefined && words.atEnd,
        ];
        return (
          <section key={target.refId} className={css.query}>
            <div>
              <b>{target.refId}</b>
              <span className={css.quiet}>{when.filter(Boolean).join(', ')}</span>
              <CopyButton text={expr} label={words.copyQuery} small />
              <CopyButton text={curlOf(question)} label={words.copyCurl} small />
            </div>
            <pre className={css.code}>{expr}</pre>
          </section>
        );
      })}
      <p className={css.quiet}>{words.came(data.frames.length, points)}</p>
    </>
  );
}
