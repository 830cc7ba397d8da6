package io.oriel.server.http.otlp;

import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.receive.otlp.Exported;
import io.oriel.receive.otlp.OtlpMetrics;
import io.oriel.server.http.Answer;
import io.oriel.server.http.Call;
import io.oriel.server.http.Refusals;
import io.oriel.server.http.Route;
import io.oriel.wire.otlp.ExportAnswer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The receiver of OTLP metrics by HTTP. What a sender may send again is 503, what it must not is
 * 400 or 413; a request of which some points were rejected is 200 and says so.
 *
 * <p>Source: OTLP's specification, "OTLP/HTTP".
 */
public final class OtlpApi {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";
  private static final int UNSUPPORTED = 3; // gRPC's INVALID_ARGUMENT, in the body of 415

  private final OtlpMetrics metrics;
  private final Limits limits;

  private OtlpApi(OtlpMetrics metrics, Limits limits) {
    this.metrics = metrics;
    this.limits = limits;
  }

  /** What is served on OTLP's own port for HTTP, and on the first port. */
  public static Route route(OtlpMetrics metrics, Limits limits) {
    return at("/v1/metrics", metrics, limits);
  }

  /** The same at the path that Prometheus has for it. */
  public static Route prometheusRoute(OtlpMetrics metrics, Limits limits) {
    return at("/api/v1/otlp/v1/metrics", metrics, limits);
  }

  /** What is served on OTLP's port for gRPC. */
  public static List<Route> grpcRoutes(OtlpMetrics metrics, Limits limits) {
    return new OtlpGrpc(metrics, limits).routes();
  }

  private static Route at(String path, OtlpMetrics metrics, Limits limits) {
    return new Route(
        List.of("POST"), path, "Takes in metrics by OTLP", new OtlpApi(metrics, limits)::export);
  }

  private Answer export(Call call) {
    String type = call.header("Content-Type").orElse("").split(";", 2)[0].strip();
    boolean isJson = type.equalsIgnoreCase(JSON);
    if (!isJson && !type.equalsIgnoreCase(PROTOBUF)) {
      return failure(
          415,
          UNSUPPORTED,
          "OTLP of the content type %s is not spoken here; send %s or %s"
              .formatted(type.isEmpty() ? "(none)" : shortened(type), PROTOBUF, JSON),
          false);
    }
    Optional<Packing> packing = Packing.of(call.header("Content-Encoding").orElse(""));
    if (packing.isEmpty()) {
      String encoding = shortened(call.header("Content-Encoding").orElse(""));
      return failure(
          415,
          UNSUPPORTED,
          "the encoding %s is not taken here; send gzip, zstd, or the message as it is"
              .formatted(encoding),
          isJson);
    }
    return export(call, packing.get(), isJson);
  }

  private Answer export(Call call, Packing packing, boolean isJson) {
    try {
      byte[] body = call.body();
      Exported exported =
          metrics.take(
              packing.atMost(body, limits),
              () -> packing.unpack(body, limits),
              isJson ? OtlpMetrics.Encoding.JSON : OtlpMetrics.Encoding.PROTOBUF);
      return isJson
          ? Answer.bytes(200, JSON, ExportAnswer.json(exported.rejected(), exported.sentence()))
          : Answer.bytes(
              200, PROTOBUF, ExportAnswer.protobuf(exported.rejected(), exported.sentence()));
    } catch (Refusal refusal) {
      int status = Refusals.status(refusal);
      String said = String.valueOf(refusal.getMessage());
      Answer answer = failure(status, GrpcStatus.of(refusal).code(), said, isJson);
      return status == 503 ? answer.with("Retry-After", "1") : answer;
    }
  }

  private static Answer failure(int status, int code, String sentence, boolean isJson) {
    return isJson
        ? Answer.bytes(status, JSON, ExportAnswer.jsonFailure(code, sentence))
        : Answer.bytes(status, PROTOBUF, ExportAnswer.failure(code, sentence));
  }

  private static String shortened(String text) {
    String plain = text.toLowerCase(Locale.ROOT);
    return plain.length() <= 100 ? plain : plain.substring(0, 100) + "...";
  }
}
