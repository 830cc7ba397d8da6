/** What happened, as flags on a chart: near ones share a flag, and words stand where there is room. Pure. */
import type { Mark } from '../panel';

export interface Flag {
  /** In pixels from the left end of the plot. */
  readonly x: number;
  readonly marks: readonly Mark[];
  readonly colour: string;
  /** Words beside the flag, on which side; empty where there is no room. */
  readonly words: string;
  readonly side: 'left' | 'right';
}

/** Of several on one spot the worst decides the colour. */
const RANK: Readonly<Record<Mark['kind'], number>> = {
  alert: 3,
  change: 2,
  board: 1,
  collection: 0,
};

const NEAR_PX = 9;
const FLAG_PX = 12;
const MOST_CHARS = 30;

interface Room {
  readonly fromMs: number;
  readonly toMs: number;
  readonly width: number;
  readonly textWidth: (text: string) => number;
}

/** Flags from left to right. What began before the window has no flag, only its band. */
export function flagsOf(marks: readonly Mark[], room: Room): Flag[] {
  const { fromMs, toMs, width } = room;
  const xOf = (ms: number) => ((ms - fromMs) / (toMs - fromMs)) * width;
  const inside = marks
    .filter((mark) => mark.fromMs >= fromMs && mark.fromMs <= toMs)
    .sort((a, b) => a.fromMs - b.fromMs);
  const groups: { x: number; marks: Mark[] }[] = [];
  for (const mark of inside) {
    const x = xOf(mark.fromMs);
    const last = groups.at(-1);
    if (last && x - last.x < NEAR_PX) last.marks.push(mark);
    else groups.push({ x, marks: [mark] });
  }
  let taken = 0; // up to where the words of the flags before reach
  return groups.map(({ x, marks: own }, i) => {
    const words = wordsOf(own);
    const wide = room.textWidth(words) + 8;
    const nextX = groups[i + 1]?.x ?? width + FLAG_PX;
    const left = x - FLAG_PX / 2 - wide >= taken;
    const right = !left && x + FLAG_PX / 2 + wide <= Math.min(nextX - FLAG_PX / 2, width);
    taken = x + FLAG_PX / 2 + (right ? wide : 0);
    return {
      x,
      marks: own,
      colour: [...own].sort((a, b) => RANK[b.kind] - RANK[a.kind])[0]!.colour,
      words: left || right ? words : '',
      side: left ? 'left' : 'right',
    };
  });
}

/** "vllm-qwen restarted", or how many share the flag. */
export function wordsOf(marks: readonly Mark[]): string {
  const first = marks[0]?.title ?? '';
  const short = first.length > MOST_CHARS ? `${first.slice(0, MOST_CHARS - 1)}…` : first;
  return marks.length > 1 ? `${short} +${marks.length - 1}` : short;
}

export interface Band {
  readonly left: number;
  readonly width: number;
  readonly mark: Mark;
}

/** What lasted, cut to the window. */
export function bandsOfMarks(marks: readonly Mark[], { fromMs, toMs, width }: Room): Band[] {
  const xOf = (ms: number) =>
    Math.max(0, Math.min(width, ((ms - fromMs) / (toMs - fromMs)) * width));
  return marks.flatMap((mark) => {
    if (mark.toMs === undefined || mark.toMs < fromMs || mark.fromMs > toMs) return [];
    const left = xOf(mark.fromMs);
    const wide = xOf(mark.toMs) - left;
    return wide < 1 ? [] : [{ left, width: wide, mark }];
  });
}

const MINUTE = 60;

/** "16 min missing": how long nothing was measured, in all. Empty where nothing is missing. */
export function missingText(holes: readonly { from: number; to: number }[]): string {
  const seconds = holes.reduce((sum, { from, to }) => sum + to - from, 0);
  if (seconds === 0) return '';
  if (seconds < 2 * MINUTE) return `${Math.round(seconds)} s missing`;
  if (seconds < 120 * MINUTE) return `${Math.round(seconds / MINUTE)} min missing`;
  const hours = seconds / 60 / MINUTE;
  return hours < 48 ? `${Math.round(hours)} h missing` : `${Math.round(hours / 24)} days missing`;
}

/** Why nothing was measured: what is known about collection at that time. */
export function reasonOf(
  hole: { readonly from: number; readonly to: number },
  marks: readonly Mark[],
): string {
  const found = marks.find(
    ({ kind, fromMs, toMs }) =>
      kind === 'collection' && fromMs / 1000 < hole.to && (toMs ?? fromMs) / 1000 > hole.from,
  );
  return found ? found.title : 'no data';
}
