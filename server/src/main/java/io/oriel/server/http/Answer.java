package io.oriel.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is sent back.
 *
 * @param status the HTTP status
 * @param headers beside those that every answer has
 */
public record Answer(int status, Map<String, String> headers, Body body) {
  public static final String JSON = "application/json; charset=utf-8";
  public static final String TEXT = "text/plain; charset=utf-8";

  /** Writes the content; what it writes is buffered, and sent on while it is still writing. */
  @FunctionalInterface
  public interface Body {
    void write(OutputStream out) throws IOException;

    /** How many bytes it will write; negative where that is not known before. */
    default long length() {
      return -1;
    }

    /** Fields that follow behind the content, as gRPC has them; of HTTP/2 alone. */
    default Map<String, String> trailers() {
      return Map.of();
    }

    /** Called once, when it was written or could not be: what was held for it can go. */
    default void done() {}
  }

  /** Writes JSON. */
  @FunctionalInterface
  public interface JsonBody {
    void write(JsonOut out) throws IOException;
  }

  public Answer {
    headers = Map.copyOf(headers);
  }

  /** JSON that is written straight to the socket. */
  public static Answer json(JsonBody body) {
    return json(200, body);
  }

  public static Answer json(int status, JsonBody body) {
    return of(
        status,
        JSON,
        out -> {
          var json = new JsonOut(out);
          body.write(json);
          json.finish();
        });
  }

  public static Answer text(String text) {
    return text(200, text);
  }

  public static Answer text(int status, String text) {
    return bytes(status, TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  public static Answer bytes(int status, String contentType, byte[] content) {
    return of(status, contentType, new Bytes(content));
  }

  /** An answer whose length is not known before. */
  public static Answer of(int status, String contentType, Body body) {
    return new Answer(status, Map.of("Content-Type", contentType), body);
  }

  /** An answer without content: 204, 304. */
  public static Answer empty(int status) {
    return new Answer(status, Map.of(), new Bytes(new byte[0]));
  }

  public static Answer redirect(String location) {
    return empty(302).with("Location", location);
  }

  /** An error in the shape of Prometheus' API, which all of Oriel's own answers share. */
  public static Answer error(int status, String errorType, String sentence) {
    return json(
        status,
        out ->
            out.object()
                .field("status", "error")
                .field("errorType", errorType)
                .field("error", sentence)
                .end());
  }

  /** This answer with one more header, or another value of it. */
  public Answer with(String header, String value) {
    var all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Answer(status, all, body);
  }

  private static final class Bytes implements Body {
    private final byte[] content;

    Bytes(byte[] content) {
      this.content = content;
    }

    @Override
    public void write(OutputStream out) throws IOException {
      out.write(content);
    }

    @Override
    public long length() {
      return content.length;
    }
  }
}
