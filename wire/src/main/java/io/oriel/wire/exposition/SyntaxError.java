package io.oriel.wire.exposition;

/** A page that is not what its format allows: the line, counted from 1, and the reason. */
public final class SyntaxError extends Exception {
  private static final long serialVersionUID = 1;
  private final int line;

  SyntaxError(int line, String reason) {
    super("line " + line + ": " + reason, null, false, false); // about a page, not about our code
    this.line = line;
  }

  public int line() {
    return line;
  }
}
