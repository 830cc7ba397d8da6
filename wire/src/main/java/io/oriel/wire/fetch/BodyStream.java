package io.oriel.wire.fetch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The body of a response as the head delimits it: by length, by chunks, or by the connection. */
final class BodyStream extends InputStream {
  private static final long UNTIL_CLOSED = Long.MAX_VALUE;
  private static final int MOST_BETWEEN_CHUNKS = 64 << 10;

  private final InputStream in;
  private final boolean chunked;
  private long left; // of the chunk, or of the body
  private boolean ended;

  BodyStream(InputStream in, ResponseHead head) throws IOException {
    this.in = in;
    this.chunked = head.isChunked();
    if (chunked) {
      nextChunk();
    } else {
      String length = head.header("content-length");
      left = length.isEmpty() ? UNTIL_CLOSED : number(length, 10);
      ended = left == 0;
    }
  }

  private static long number(String text, int radix) throws IOException {
    try {
      long number = Long.parseLong(text, radix);
      if (number >= 0) return number;
    } catch (NumberFormatException e) {
      // told below, in one way
    }
    throw new ResponseHead.NotHttp(false);
  }

  private void nextChunk() throws IOException {
    int[] allowed = {MOST_BETWEEN_CHUNKS};
    String size = ResponseHead.line(in, allowed);
    int extension = size.indexOf(';');
    left = number((extension < 0 ? size : size.substring(0, extension)).strip(), 16);
    if (left > 0) return;
    while (!ResponseHead.line(in, allowed).isEmpty()) {} // trailers say nothing to us
    ended = true;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (ended) return -1;
    int n = in.read(into, offset, (int) Math.min(length, left));
    if (n < 0) {
      if (left != UNTIL_CLOSED) throw new EOFException("the connection ended within the page");
      ended = true;
      return -1;
    }
    if (left != UNTIL_CLOSED) left -= n;
    if (left == 0) endOfPart();
    return n;
  }

  private void endOfPart() throws IOException {
    if (!chunked) {
      ended = true;
      return;
    }
    if (!ResponseHead.line(in, new int[] {2}).isEmpty()) throw new ResponseHead.NotHttp(false);
    nextChunk();
  }
}
