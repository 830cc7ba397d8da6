package io.oriel.server.http.prometheus;

import io.oriel.model.limit.Refusal;
import io.oriel.receive.remotewrite.RemoteWrite;
import io.oriel.receive.remotewrite.Taken;
import io.oriel.server.http.Answer;
import io.oriel.server.http.Call;
import io.oriel.server.http.Refusals;
import io.oriel.server.http.Route;
import io.oriel.wire.remotewrite.WriteVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The receiver of remote write, version 1 and 2. Statuses are those of the specification: a sender
 * tries again after 5xx and drops the request after 4xx. Answers are plain text, since senders log
 * them; each answer to version 2 says how much was written.
 */
public final class WriteApi {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String RETRY_AFTER = "Retry-After";
  private static final Taken NOTHING = new Taken(0, 0, 0, List.of());

  private final RemoteWrite remoteWrite;

  private WriteApi(RemoteWrite remoteWrite) {
    this.remoteWrite = remoteWrite;
  }

  public static Route route(RemoteWrite remoteWrite) {
    var api = new WriteApi(remoteWrite);
    return new Route(
            List.of("POST"), "/api/v1/write", "Takes in samples by remote write", api::write)
        .errorsInText();
  }

  private Answer write(Call call) {
    String type = call.header("Content-Type").orElse(PROTOBUF); // as Prometheus has it
    Optional<WriteVersion> version = version(type);
    if (version.isEmpty()) {
      return unsupported(
          type,
          "remote write of the content type %s is not spoken here; send %s, or %s;proto=%s"
              .formatted(shortened(type), PROTOBUF, PROTOBUF, WriteVersion.V2.message()));
    }
    String encoding = call.header("Content-Encoding").orElse("snappy");
    if (!encoding.equalsIgnoreCase("snappy")) {
      return unsupported(
          type,
          "the encoding %s is not taken here; send a snappy block".formatted(shortened(encoding)));
    }
    return write(call, version.get());
  }

  private Answer write(Call call, WriteVersion version) {
    try {
      Taken taken = remoteWrite.take(call.body(), version);
      return written(answer(taken), version, taken);
    } catch (Refusal refusal) {
      int status = Refusals.status(refusal);
      Answer answer = Answer.text(status, refusal.getMessage() + "\n");
      return written(status == 503 ? answer.with(RETRY_AFTER, "1") : answer, version, NOTHING);
    }
  }

  /** Where only room is missing the sender comes again: what was kept is then there already. */
  private static Answer answer(Taken taken) {
    if (taken.isWhole()) return Answer.empty(204);
    String said = taken.sentence() + "\n";
    return taken.isWorthRepeating()
        ? Answer.text(503, said).with(RETRY_AFTER, "5")
        : Answer.text(400, said);
  }

  /** How much was written is said to senders of version 2, whatever became of the request. */
  private static Answer written(Answer answer, WriteVersion version, Taken taken) {
    if (version == WriteVersion.V1) return answer;
    String header = "X-Prometheus-Remote-Write-";
    return answer
        .with(header + "Samples-Written", String.valueOf(taken.samples()))
        .with(header + "Histograms-Written", String.valueOf(taken.histograms()))
        .with(header + "Exemplars-Written", String.valueOf(taken.exemplars()));
  }

  private static Answer unsupported(String contentType, String sentence) {
    Answer answer = Answer.text(415, sentence + "\n");
    boolean isTwo = contentType.contains(WriteVersion.V2.message());
    return written(answer, isTwo ? WriteVersion.V2 : WriteVersion.V1, NOTHING);
  }

  /** The version that a content type names; version 1 where it names none. */
  private static Optional<WriteVersion> version(String contentType) {
    String[] parts = contentType.split(";", -1);
    if (!parts[0].strip().equalsIgnoreCase(PROTOBUF)) return Optional.empty();
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      if (!part.toLowerCase(Locale.ROOT).startsWith("proto=")) continue;
      String message = part.substring(part.indexOf('=') + 1);
      return Arrays.stream(WriteVersion.values())
          .filter(each -> each.message().equals(message))
          .findAny();
    }
    return Optional.of(WriteVersion.V1);
  }

  private static String shortened(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "...";
  }
}
