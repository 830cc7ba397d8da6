/** A sentence of the catalogue: `**bold**` and text between back ticks as code. */
export function Rich({ text }: { text: string }) {
  return text.split(/(\*\*[^*]+\*\*|`[^`]+`)/).map((piece, i) => {
    if (piece.startsWith('**')) return <b key={i}>{piece.slice(2, -2)}</b>;
    if (piece.startsWith('`')) return <code key={i}>{piece.slice(1, -1)}</code>;
    return piece;
  });
}
