package io.oriel.wire.fetch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Status and headers of a response.
 *
 * @param keepsOpen whether the version of HTTP keeps a connection unless told otherwise
 */
record ResponseHead(int status, String reason, boolean keepsOpen, Map<String, String> headers) {
  private static final int MOST_BYTES = 64 << 10;

  /** The peer ended the connection before it answered: normal for one that was idle too long. */
  static final class NoAnswer extends EOFException {
    private static final long serialVersionUID = 1;
  }

  /** What came is not HTTP. */
  static final class NotHttp extends IOException {
    private static final long serialVersionUID = 1;
    final boolean looksLikeTls;

    NotHttp(boolean looksLikeTls) {
      this.looksLikeTls = looksLikeTls;
    }
  }

  /** Reads heads until one that is no interim response (1xx). */
  static ResponseHead read(InputStream in) throws IOException {
    int[] left = {MOST_BYTES};
    while (true) {
      ResponseHead head = readOne(in, left);
      if (head.status >= 200) return head;
    }
  }

  private static ResponseHead readOne(InputStream in, int[] left) throws IOException {
    int first = in.read();
    if (first < 0) throw new NoAnswer();
    if (first != 'H') throw new NotHttp(first == 0x15 || first == 0x16);
    String line = "H" + line(in, left);
    String[] parts = line.split(" ", 3);
    if (parts.length < 2 || !line.startsWith("HTTP/1.") || !parts[1].matches("[1-9][0-9][0-9]")) {
      throw new NotHttp(false);
    }
    var headers = new HashMap<String, String>();
    for (String each = line(in, left); !each.isEmpty(); each = line(in, left)) {
      int colon = each.indexOf(':');
      if (colon <= 0) throw new NotHttp(false);
      String name = each.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      headers.putIfAbsent(name, each.substring(colon + 1).strip());
    }
    String reason = parts.length == 3 ? parts[2] : "";
    return new ResponseHead(
        Integer.parseInt(parts[1]), reason, !parts[0].equals("HTTP/1.0"), headers);
  }

  /** One line without its end; the number of bytes left is counted down. */
  static String line(InputStream in, int[] left) throws IOException {
    var line = new StringBuilder(48);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) throw new EOFException("the response ends within a line");
      if (--left[0] < 0) throw new NotHttp(false);
      line.append((char) c);
    }
    int end = line.length();
    if (end > 0 && line.charAt(end - 1) == '\r') line.setLength(end - 1);
    return line.toString();
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** {@code Retry-After} in its two forms, seconds or a date; 0 without, or when it is neither. */
  long retryAfterMs() {
    String told = header("retry-after");
    if (told.matches("[0-9]{1,9}")) return 1000 * Long.parseLong(told);
    try {
      // by the peer's own clock: ours may differ
      return Math.max(0, Duration.between(date(header("date")), date(told)).toMillis());
    } catch (DateTimeException e) {
      return 0;
    }
  }

  private static ZonedDateTime date(String text) {
    return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
  }

  boolean isRedirect() {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  /** As the status line has it: {@code 404 Not Found}; bounded and one line. */
  String shown() {
    String text = new String(reason.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    String clean = text.replaceAll("\\p{Cntrl}", "");
    return (status + " " + clean.substring(0, Math.min(clean.length(), 60))).strip();
  }

  /** Whether the connection can be used again once the body is read. */
  boolean staysOpen() {
    String connection = header("connection").toLowerCase(Locale.ROOT);
    boolean delimited = !header("content-length").isEmpty() || isChunked();
    boolean stays = keepsOpen ? !connection.contains("close") : connection.contains("keep-alive");
    return stays && delimited;
  }

  boolean isChunked() {
    return header("transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked");
  }
}
