package io.oriel.cli.backfill;

import io.oriel.model.limit.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A text file in pieces of whole lines, each ended as a page of OpenMetrics is. The last TYPE line
 * stands at the head of the next piece too, since it says how bucket bounds are read.
 */
final class Pieces {
  private static final int PIECE = 4 << 20;
  private static final byte[] TYPE = "# TYPE ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "# EOF".getBytes(StandardCharsets.US_ASCII);

  private final Path name;
  private final InputStream in;
  private final int longestLine;
  private byte[] type = new byte[0]; // the last TYPE line
  private byte[] rest = new byte[0]; // read behind the last whole line
  private long lines; // of the file before this piece
  private long linesOfPiece;
  private boolean ended; // the file

  byte[] bytes = new byte[0];
  int length;
  private boolean hasType;

  Pieces(Path name, InputStream in, int longestLine) {
    this.name = name;
    this.in = in;
    this.longestLine = longestLine;
  }

  /** Reads the next piece into {@link #bytes}; false where there is none. */
  boolean next() throws IOException {
    lines += linesOfPiece;
    if (ended) return false;
    byte[] text = read();
    int end = lastLineEnd(text);
    rest = Arrays.copyOfRange(text, end, text.length);
    if (ended) end = text.length;
    hasType = type.length > 0;
    bytes = Arrays.copyOf(type, type.length + end + END.length);
    System.arraycopy(text, 0, bytes, type.length, end);
    length = type.length + end;
    look(type.length, length);
    if (!ended) {
      System.arraycopy(END, 0, bytes, length, END.length);
      length += END.length;
    }
    return true;
  }

  /** What was left and a piece more; more than that only where no line ends in it. */
  private byte[] read() throws IOException {
    byte[] text = rest;
    do {
      byte[] more = in.readNBytes(PIECE);
      ended = more.length < PIECE;
      int before = text.length;
      text = Arrays.copyOf(text, before + more.length);
      System.arraycopy(more, 0, text, before, more.length);
      if (!ended && lastLineEnd(text) == 0 && text.length > longestLine) {
        throw new Refusal.BadRequest(
            "%s:%d: the line is longer than %d bytes".formatted(name, lines + 1, longestLine),
            "name a file of OpenMetrics text; nothing was imported");
      }
    } while (!ended && lastLineEnd(text) == 0);
    return text;
  }

  private static int lastLineEnd(byte[] text) {
    int at = text.length;
    while (at > 0 && text[at - 1] != '\n') at--;
    return at;
  }

  /** Counts lines, keeps the last TYPE line, and refuses what follows the file's own end. */
  private void look(int from, int to) {
    linesOfPiece = 0;
    for (int line = from; line < to; ) {
      int end = line;
      while (end < to && bytes[end] != '\n') end++;
      boolean isLast = end + 1 >= to;
      if (starts(line, END) && !(ended && isLast)) {
        throw new Refusal.BadRequest(
            "%s:%d: something follows # EOF".formatted(name, lines + linesOfPiece + 2),
            "end the file with # EOF, once; nothing was imported");
      }
      if (starts(line, TYPE) && end < to) type = Arrays.copyOfRange(bytes, line, end + 1);
      if (end < to) linesOfPiece++;
      line = end + 1;
    }
  }

  private boolean starts(int at, byte[] word) {
    return at + word.length <= length
        && Arrays.equals(bytes, at, at + word.length, word, 0, word.length);
  }

  /** The number in the file of a line of the piece, both from 1. */
  long line(int ofPiece) {
    return lines + ofPiece - (hasType ? 1 : 0);
  }

  /** The number in the file of the line that a byte of the piece lies in. */
  long lineAt(int place) {
    int line = 1;
    for (int i = 0; i < place; i++) if (bytes[i] == '\n') line++;
    return line(line);
  }
}
