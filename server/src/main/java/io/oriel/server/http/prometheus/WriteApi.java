package io.oriel.server.http.prometheus;

import io.oriel.model.limit.Refusal;
import io.oriel.receive.remotewrite.RemoteWrite;
import io.oriel.receive.remotewrite.Taken;
import io.oriel.server.http.Answer;
import io.oriel.server.http.Call;
import io.oriel.server.http.Route;
import java.util.List;
import java.util.Locale;

/**
 * The receiver of remote write 1.0. Statuses are those of the specification: a sender tries again
 * after 5xx and drops the request after 4xx. Answers are plain text, since senders log them.
 */
public final class WriteApi {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String MESSAGE_1 = "prometheus.WriteRequest";

  private final RemoteWrite remoteWrite;

  private WriteApi(RemoteWrite remoteWrite) {
    this.remoteWrite = remoteWrite;
  }

  public static Route route(RemoteWrite remoteWrite) {
    var api = new WriteApi(remoteWrite);
    return new Route(
        List.of("POST"), "/api/v1/write", "Takes in samples by remote write 1.0", api::write);
  }

  private Answer write(Call call) {
    String type = call.header("Content-Type").orElse(PROTOBUF); // as Prometheus has it
    if (!isVersion1(type)) {
      return unsupported(
          "remote write of the content type %s is not spoken here; send %s, remote write 1.0"
              .formatted(shortened(type), PROTOBUF));
    }
    String encoding = call.header("Content-Encoding").orElse("snappy");
    if (!encoding.equalsIgnoreCase("snappy")) {
      return unsupported(
          "the encoding %s is not taken here; send a snappy block".formatted(shortened(encoding)));
    }
    try {
      Taken taken = remoteWrite.take(call.body());
      return taken.isWhole() ? Answer.empty(204) : Answer.text(400, taken.sentence() + "\n");
    } catch (Refusal.BadRequest bad) {
      return Answer.text(400, bad.getMessage() + "\n");
    }
  }

  private static Answer unsupported(String sentence) {
    return Answer.text(415, sentence + "\n");
  }

  private static boolean isVersion1(String contentType) {
    String[] parts = contentType.split(";", -1);
    if (!parts[0].strip().equalsIgnoreCase(PROTOBUF)) return false;
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      boolean saysMessage = part.toLowerCase(Locale.ROOT).startsWith("proto=");
      if (saysMessage && !part.substring(part.indexOf('=') + 1).equals(MESSAGE_1)) return false;
    }
    return true;
  }

  private static String shortened(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "...";
  }
}
