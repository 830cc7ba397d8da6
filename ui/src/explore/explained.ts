/** A query in words, put in the order in which it is read: lines, and in them parts with their places. */
import type { Part, Piece } from '../api/oriel';
import { charsOf } from './utf8';

/** From one character of a text up to before another. */
export interface Place {
  from: number;
  to: number;
}

/** One part, as the sentence names it. */
export interface ReadPart extends Place {
  /** The word of PromQL whose documentation belongs to it. */
  row?: string;
  words: string;
}

export type ReadPiece =
  | { kind: 'words' | 'name' | 'value'; text: string }
  | { kind: 'part'; index: number; pieces: ReadPiece[] };

/** A sentence; those below it are deeper. */
export interface Line {
  depth: number;
  label?: string;
  piece: ReadPiece;
}

export function readOut(query: string, part: Part): { lines: Line[]; parts: ReadPart[] } {
  const at = charsOf(query);
  const lines: Line[] = [];
  const parts: ReadPart[] = [];

  const line = (whole: Part, depth: number, label?: string) => {
    const below: Part['below'] = [];
    lines.push({ depth, label, piece: read(whole, below) });
    below.forEach((each) => line(each.part, depth + 1, each.label));
  };
  const read = (one: Part, below: Part['below']): ReadPiece => {
    const index = parts.length;
    parts.push({ from: at(one.start), to: at(one.end), row: one.row, words: sentence(one) });
    const pieces = one.says.map((piece) => readPiece(piece, below));
    below.push(...one.below);
    return { kind: 'part', index, pieces };
  };
  const readPiece = (piece: Piece, below: Part['below']): ReadPiece => {
    if ('part' in piece) return read(piece.part, below);
    if ('name' in piece) return { kind: 'name', text: piece.name };
    if ('value' in piece) return { kind: 'value', text: piece.value };
    return { kind: 'words', text: piece.words };
  };

  line(part, 0);
  return { lines, parts };
}

function sentence({ says }: Part): string {
  return says
    .map((piece) => {
      if ('part' in piece) return sentence(piece.part);
      if ('name' in piece) return piece.name;
      return 'value' in piece ? piece.value : piece.words;
    })
    .join('');
}
