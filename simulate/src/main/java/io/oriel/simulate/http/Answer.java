package io.oriel.simulate.http;

import java.nio.charset.StandardCharsets;

/** What is sent back. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares answers
public record Answer(int status, String contentType, byte[] body) {
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  /** Nobody is there: the connection ends without a word. */
  public static final Answer NOBODY = new Answer(0, "", new byte[0]);

  public static final Answer NOT_FOUND =
      text(404, "{\"detail\":\"Not Found\"}", "application/json");
  public static final Answer EMPTY = new Answer(200, "text/plain", new byte[0]);

  /** Whether the connection is to end without a word. */
  public boolean isNobody() {
    return status == 0;
  }

  public static Answer metrics(byte[] page) {
    return new Answer(200, METRICS, page);
  }

  public static Answer json(byte[] body) {
    return json(200, body);
  }

  public static Answer json(int status, byte[] body) {
    return new Answer(status, "application/json", body);
  }

  public static Answer json(int status, String body) {
    return text(status, body, "application/json");
  }

  public static Answer text(int status, String body, String contentType) {
    return new Answer(status, contentType, body.getBytes(StandardCharsets.UTF_8));
  }
}
