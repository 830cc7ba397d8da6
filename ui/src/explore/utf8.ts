/** From bytes of a text's UTF-8, as the server counts, to characters, as the browser counts. */
export function charsOf(text: string): (byte: number) => number {
  // eslint-disable-next-line no-control-regex
  if (/^[\x00-\x7f]*$/.test(text)) return (byte) => Math.min(byte, text.length);
  const charAt: number[] = []; // by byte
  let char = 0;
  for (const point of text) {
    const code = point.codePointAt(0)!;
    const bytes = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (let i = 0; i < bytes; i++) charAt.push(char);
    char += point.length;
  }
  return (byte) => charAt[byte] ?? text.length;
}
