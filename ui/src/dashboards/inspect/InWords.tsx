import { texts } from '../../app/texts';
import { readOut, type ReadPiece } from '../../explore/explained';
import { Loading } from '../../parts';
import { useExplanation } from '../../query';
import type { Question } from '../ask';
import css from '../board.module.css';

const words = texts.dashboards.inspect;

/** What a panel asks, read out as sentences. */
export default function InWords({ questions }: { questions: readonly Question[] }) {
  if (questions.length === 0) return <p className={css.quiet}>{words.asksNothing}</p>;
  return questions.map(({ target, expr }) => <Sentences key={target.refId} expr={expr} />);
}

function Sentences({ expr }: { expr: string }) {
  const { data, error } = useExplanation(expr);
  const lines = data?.part ? readOut(data.query, data.part).lines : undefined;
  return (
    <section className={css.query}>
      <pre className={css.code}>{expr}</pre>
      {error && <p className={css.quiet}>{words.notInWords(error.message)}</p>}
      {!lines && !error && <Loading height={40} />}
      {lines?.map(({ depth, label, piece }, i) => (
        <p key={i} style={{ marginLeft: depth * 16 }}>
          {label && <span className={css.quiet}>{label}: </span>}
          {textOf(piece)}
        </p>
      ))}
    </section>
  );
}

const textOf = (piece: ReadPiece): string =>
  piece.kind === 'part' ? piece.pieces.map(textOf).join('') : piece.text;
