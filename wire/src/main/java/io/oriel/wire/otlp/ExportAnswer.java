package io.oriel.wire.otlp;

import io.oriel.wire.protobuf.FieldWriter;
import java.nio.charset.StandardCharsets;

/**
 * What a sender of OTLP is answered: the message {@code ExportMetricsServiceResponse}, or {@code
 * google.rpc.Status} where the request failed.
 */
public final class ExportAnswer {
  private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";

  private ExportAnswer() {}

  /** All was taken where nothing was rejected and there is nothing to say. */
  public static byte[] protobuf(long rejected, String message) {
    var answer = new FieldWriter();
    if (rejected == 0 && message.isEmpty()) return answer.toBytes();
    var partial = new FieldWriter().number(1, rejected).text(2, message);
    return answer.message(1, partial).toBytes();
  }

  /** As {@link #protobuf}, in JSON. */
  public static byte[] json(long rejected, String message) {
    String json =
        rejected == 0 && message.isEmpty()
            ? "{}"
            : "{\"partialSuccess\":{\"rejectedDataPoints\":\"%d\",\"errorMessage\":%s}}"
                .formatted(rejected, quoted(message));
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /** A failure, by its code of gRPC. */
  public static byte[] failure(int code, String message) {
    return new FieldWriter().number(1, code).text(2, message).toBytes();
  }

  /**
   * A failure that is over some time: with {@code google.rpc.RetryInfo}, as OTLP's specification
   * has it for who is overloaded.
   */
  public static byte[] comeAgain(int code, String message, int inSeconds) {
    var delay = new FieldWriter().number(1, inSeconds); // google.protobuf.Duration
    var info = new FieldWriter().message(1, delay);
    var any = new FieldWriter().text(1, RETRY_INFO).message(2, info);
    return new FieldWriter().number(1, code).text(2, message).message(3, any).toBytes();
  }

  /** As {@link #failure}, in JSON. */
  public static byte[] jsonFailure(int code, String message) {
    return "{\"code\":%d,\"message\":%s}"
        .formatted(code, quoted(message))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String text) {
    var json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') json.append('\\').append(c);
      else if (c < ' ') json.append("\\u%04x".formatted((int) c));
      else json.append(c);
    }
    return json.append('"').toString();
  }
}
