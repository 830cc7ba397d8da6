package io.oriel.simulate.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection: request after request. */
final class HttpConnection {
  private static final int MOST_HEAD = 16 << 10;
  private static final int MOST_BODY = 1 << 20;

  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocate(MOST_HEAD).flip();

  HttpConnection(SocketChannel channel) {
    this.channel = channel;
  }

  /** Reads a request and answers it; false when no other will come. */
  boolean exchange(Answering answering) throws IOException {
    String head = head();
    if (head.isEmpty()) return false;
    String[] lines = head.split("\r\n", -1);
    String[] first = lines[0].split(" ", -1);
    if (first.length != 3 || !first[2].startsWith("HTTP/1.")) {
      return send(Answer.text(400, "no request of HTTP/1.1", "text/plain"), false, false);
    }
    int length = length(header(lines, "content-length"));
    if (length < 0 || !header(lines, "transfer-encoding").isEmpty()) {
      return send(Answer.text(413, "the body is too large", "text/plain"), false, false);
    }
    byte[] body = body(length);
    var question = Question.of(first[0], first[1], header(lines, "authorization"), false, body);
    boolean stays =
        first[2].equals("HTTP/1.1") && !header(lines, "connection").equalsIgnoreCase("close");
    Answer answer = answering.answer(question);
    if (answer.isNobody()) return false;
    return send(answer, stays, first[0].equals("HEAD"));
  }

  /** Up to the empty line; empty when the other side has ended. */
  private String head() throws IOException {
    var text = new StringBuilder();
    while (text.length() < MOST_HEAD) {
      while (in.hasRemaining()) {
        text.append((char) (in.get() & 0xff));
        int end = text.length();
        if (end >= 4
            && text.charAt(end - 1) == '\n'
            && text.substring(end - 4).equals("\r\n\r\n")) {
          return text.substring(0, end - 4);
        }
      }
      in.clear();
      int read = channel.read(in);
      in.flip();
      if (read < 0) return "";
    }
    return "";
  }

  private static String header(String[] lines, String name) {
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon < 0) continue;
      if (lines[i].substring(0, colon).toLowerCase(Locale.ROOT).equals(name)) {
        return lines[i].substring(colon + 1).trim();
      }
    }
    return "";
  }

  /** -1 when it is no length, or too much. */
  private static int length(String told) {
    if (told.isEmpty()) return 0;
    try {
      int length = Integer.parseInt(told);
      return length <= MOST_BODY ? length : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private byte[] body(int length) throws IOException {
    var body = ByteBuffer.allocate(length);
    while (body.hasRemaining() && in.hasRemaining()) body.put(in.get());
    while (body.hasRemaining()) {
      if (channel.read(body) < 0) throw new IOException("the body ends too early");
    }
    return body.array();
  }

  private boolean send(Answer answer, boolean stays, boolean headOnly) throws IOException {
    String head =
        "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: %s\r\n\r\n"
            .formatted(
                answer.status(),
                reason(answer.status()),
                answer.contentType(),
                answer.body().length,
                stays ? "keep-alive" : "close");
    write(ByteBuffer.wrap(head.getBytes(StandardCharsets.ISO_8859_1)));
    if (!headOnly) write(ByteBuffer.wrap(answer.body()));
    return stays;
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) channel.write(bytes);
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 413 -> "Content Too Large";
      case 501 -> "Not Implemented";
      case 503 -> "Service Unavailable";
      default -> "Status";
    };
  }
}
