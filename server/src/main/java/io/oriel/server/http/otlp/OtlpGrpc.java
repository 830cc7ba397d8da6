package io.oriel.server.http.otlp;

import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.receive.otlp.Exported;
import io.oriel.receive.otlp.OtlpMetrics;
import io.oriel.server.http.Answer;
import io.oriel.server.http.Call;
import io.oriel.server.http.Route;
import io.oriel.wire.otlp.ExportAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The receiver of OTLP metrics by gRPC: one message in, one message out, each behind a byte that
 * says whether it is packed and four that say how long it is; the status comes in trailers.
 *
 * <p>Source: gRPC over HTTP2 ({@code PROTOCOL-HTTP2.md}).
 */
final class OtlpGrpc {
  private static final String GRPC = "application/grpc";
  private static final String ENCODING = "grpc-encoding";
  private static final int FRAME = 5;
  private static final int COME_AGAIN_SECONDS = 1;
  private static final String EXPORT =
      "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";

  private final OtlpMetrics metrics;
  private final Limits limits;

  OtlpGrpc(OtlpMetrics metrics, Limits limits) {
    this.metrics = metrics;
    this.limits = limits;
  }

  List<Route> routes() {
    return List.of(
        new Route(List.of("POST"), EXPORT, "Takes in metrics by OTLP over gRPC", this::export),
        new Route(List.of("GET", "POST"), "/**", "Other services of gRPC", OtlpGrpc::unknown));
  }

  private static boolean isGrpc(Call call) {
    return call.header("Content-Type").orElse("").startsWith(GRPC);
  }

  /** For who comes with a browser, curl, or OTLP by HTTP: they read no trailers. */
  private static Answer noGrpc(int status) {
    return Answer.text(
        status,
        "this port takes in OTLP by gRPC, over HTTP/2; OTLP by HTTP goes to /v1/metrics of Oriel's"
            + " first port, or to port 4318\n");
  }

  private static Answer unknown(Call call) {
    if (!isGrpc(call)) return noGrpc(call.method().equals("GET") ? 404 : 415);
    return answer(
        new byte[0],
        GrpcStatus.UNIMPLEMENTED,
        "there is no %s here; metrics are taken, traces and logs are not yet"
            .formatted(shortened(call.path())));
  }

  private Answer export(Call call) {
    if (!isGrpc(call)) return noGrpc(415);
    try {
      byte[] body = call.body();
      byte[] message = message(body);
      Optional<Packing> said = packing(call, body[0] != 0);
      if (said.isEmpty()) return unknownPacking(call);
      Packing packing = said.get();
      Exported exported =
          metrics.take(
              packing.atMost(message, limits),
              () -> packing.unpack(message, limits),
              OtlpMetrics.Encoding.PROTOBUF);
      byte[] answer = ExportAnswer.protobuf(exported.rejected(), exported.sentence());
      return answer(framed(answer), GrpcStatus.OK, "");
    } catch (Refusal refusal) {
      return refused(GrpcStatus.of(refusal), String.valueOf(refusal.getMessage()));
    }
  }

  /** Who may come again is told when: they would otherwise guess. */
  private static Answer refused(GrpcStatus status, String sentence) {
    Map<String, String> trailers = trailers(status, sentence);
    if (status == GrpcStatus.UNAVAILABLE) {
      byte[] details = ExportAnswer.comeAgain(status.code(), sentence, COME_AGAIN_SECONDS);
      trailers.put(
          "grpc-status-details-bin", Base64.getEncoder().withoutPadding().encodeToString(details));
    }
    return Answer.of(200, GRPC, new Message(new byte[0], trailers));
  }

  /** The message as it came. */
  private static byte[] message(byte[] body) {
    if (body.length < FRAME) throw cut();
    long length = ByteBuffer.wrap(body).getInt(1) & 0xffff_ffffL;
    if (length != body.length - FRAME) throw cut();
    return Arrays.copyOfRange(body, FRAME, body.length);
  }

  private static Optional<Packing> packing(Call call, boolean isPacked) {
    if (!isPacked) return Optional.of(Packing.NONE);
    return Packing.of(call.header(ENCODING).orElse("identity"))
        .filter(each -> each != Packing.NONE);
  }

  /** With what is known, as the protocol asks for. */
  private static Answer unknownPacking(Call call) {
    String sentence =
        "the message is packed by %s, which is not known here; send gzip, zstd or none"
            .formatted(shortened(call.header(ENCODING).orElse("nothing that is said")));
    return answer(new byte[0], GrpcStatus.UNIMPLEMENTED, sentence)
        .with("grpc-accept-encoding", "identity,gzip,zstd");
  }

  private static Refusal cut() {
    return new Refusal.BadRequest(
        "the request is not one whole message of gRPC", "send one, with its length before it");
  }

  private static byte[] framed(byte[] message) {
    byte[] frame = new byte[FRAME + message.length];
    for (int i = 1; i < FRAME; i++) frame[i] = (byte) (message.length >>> (8 * (4 - i)));
    System.arraycopy(message, 0, frame, FRAME, message.length);
    return frame;
  }

  private static Answer answer(byte[] frame, GrpcStatus status, String sentence) {
    return Answer.of(200, GRPC, new Message(frame, trailers(status, sentence)));
  }

  private static Map<String, String> trailers(GrpcStatus status, String sentence) {
    var trailers = new LinkedHashMap<String, String>();
    trailers.put("grpc-status", String.valueOf(status.code()));
    if (!sentence.isEmpty()) trailers.put("grpc-message", escaped(sentence));
    return trailers;
  }

  /** As the protocol wants it: what is not printable ASCII, and the percent sign, by hex. */
  private static String escaped(String sentence) {
    var escaped = new StringBuilder();
    for (byte b : sentence.getBytes(StandardCharsets.UTF_8)) {
      if (b >= ' ' && b <= '~' && b != '%') escaped.append((char) b);
      else escaped.append("%%%02X".formatted(b & 0xff));
    }
    return escaped.toString();
  }

  private static String shortened(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "...";
  }

  /** A message, and the trailers behind it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Message(byte[] frame, Map<String, String> trailers) implements Answer.Body {
    @Override
    public void write(OutputStream out) throws IOException {
      out.write(frame);
    }
  }
}
