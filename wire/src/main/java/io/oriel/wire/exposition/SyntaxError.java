package io.oriel.wire.exposition;

/**
 * A page that is not what its format allows: the line, counted from 1, and the reason. Reasons may
 * quote the page, so that whatever a terminal or a log would not show as part of a line is
 * replaced.
 */
public final class SyntaxError extends Exception {
  private static final long serialVersionUID = 1;
  private final int line;

  SyntaxError(int line, String reason) {
    super(
        "line " + line + ": " + oneLine(reason), null, false, false); // about a page, not our code
    this.line = line;
  }

  /** Text as a person can read it in one line, whatever a page held. */
  static String oneLine(String text) {
    var out = new StringBuilder(text.length());
    text.chars().forEach(c -> out.append(Character.isISOControl(c) ? '\ufffd' : (char) c));
    return out.toString();
  }

  public int line() {
    return line;
  }
}
