package io.oriel.server.http.prometheus;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.backend.SelectedSeries;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.server.http.Answer;
import io.oriel.server.http.Call;
import io.oriel.server.http.Route;
import io.oriel.server.http.ServerFacts;
import io.oriel.wire.protobuf.Malformed;
import io.oriel.wire.protobuf.SnappyBlock;
import io.oriel.wire.remoteread.ChunkStream;
import io.oriel.wire.remoteread.ReadRequest;
import io.oriel.wire.remoteread.SampleAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Remote read: raw samples for another Prometheus, in one message or as a stream of chunks.
 * Refusals are plain text, since clients log them.
 *
 * <p>Source: Prometheus, {@code storage/remote/read_handler.go}.
 */
final class ReadApi {
  private static final int FRAME_BYTES = 1 << 20;
  private static final String STREAM =
      "application/x-streamed-protobuf; proto=prometheus.ChunkedReadResponse";

  private final MetricSource source;
  private final ServerFacts facts;
  private final ReadGate gate;
  private final Limits limits;

  ReadApi(MetricSource source, ServerFacts facts, ReadGate gate, Limits limits) {
    this.source = source;
    this.facts = facts;
    this.gate = gate;
    this.limits = limits;
  }

  Route route() {
    return new Route(List.of("POST"), "/api/v1/read", "Raw samples, by remote read", this::read);
  }

  private Answer read(Call call) throws IOException {
    try {
      ReadRequest request = request(call.body());
      return switch (request.form()) {
        case ReadRequest.SAMPLES -> samples(call, request);
        case ReadRequest.STREAMED_CHUNKS -> chunks(call, request);
        default ->
            Answer.text(
                400,
                "server does not support any of the requested response types: %s; supported: %s\n"
                    .formatted(request.accepted(), "[SAMPLES STREAMED_XOR_CHUNKS]"));
      };
    } catch (Malformed | Refusal.LimitReached e) {
      return Answer.text(400, e.getMessage() + "\n");
    }
  }

  private ReadRequest request(byte[] body) throws Malformed {
    var block = new SnappyBlock();
    block.unpack(body, limits, Limit.REQUEST_BODY_BYTES, "the remote read request");
    return ReadRequest.decode(block.bytes(), block.length());
  }

  private Answer samples(Call call, ReadRequest request) throws IOException {
    byte[] body = gate.run(call, cancelled -> samples(request, cancelled));
    return Answer.bytes(200, "application/x-protobuf", body).with("Content-Encoding", "snappy");
  }

  private byte[] samples(ReadRequest request, BooleanSupplier cancelled) throws IOException {
    var answer = new SampleAnswer();
    long[] count = {0};
    for (ReadRequest.Query query : request.queries()) {
      each(
          query,
          cancelled,
          (labels, samples) -> {
            count[0] += samples.size;
            limits.check(
                Limit.READ_SAMPLES, count[0], "the answer (a streamed one has no such limit)");
            answer.series(labels, samples);
          });
      answer.endQuery();
    }
    return answer.body();
  }

  private Answer chunks(Call call, ReadRequest request) throws IOException {
    gate.run(call, _ -> selectable(request)); // a refusal can't be said any more in mid-stream
    return Answer.of(200, STREAM, out -> gate.write(stop -> chunks(request, out, stop)));
  }

  private boolean selectable(ReadRequest request) {
    for (ReadRequest.Query query : request.queries()) {
      if (query.startMs() <= query.endMs()) select(query).close();
    }
    return true;
  }

  private SelectedSeries select(ReadRequest.Query query) {
    Map<String, String> external = facts.externalLabels();
    List<Matcher> matchers = query.matchers().stream().map(m -> local(m, external)).toList();
    return source.select(matchers, new TimeRange(query.startMs(), query.endMs()));
  }

  private boolean chunks(ReadRequest request, OutputStream out, BooleanSupplier cancelled)
      throws IOException {
    var stream = new ChunkStream(out, FRAME_BYTES);
    for (int i = 0; i < request.queries().size(); i++) {
      int number = i;
      each(
          request.queries().get(i),
          cancelled,
          (labels, samples) -> stream.series(number, labels, samples));
    }
    return true;
  }

  @FunctionalInterface
  private interface SeriesSink {
    void series(Labels labels, SampleColumns samples) throws IOException;
  }

  /** Hands on the series of a query that have samples, by their labels in order. */
  private void each(ReadRequest.Query query, BooleanSupplier cancelled, SeriesSink sink)
      throws IOException {
    if (query.startMs() > query.endMs()) return;
    Map<String, String> external = facts.externalLabels();
    try (SelectedSeries selected = select(query)) {
      var samples = new SampleColumns();
      for (Sorted series : Sorted.of(selected)) {
        if (cancelled.getAsBoolean()) throw new Refusal.Cancelled("the caller went away");
        samples.clear();
        selected.read(series.number(), samples);
        if (samples.size > 0) sink.series(ExternalLabels.with(external, series.labels()), samples);
      }
    }
  }

  /** What is stored has no external labels: who asks for one gets what lacks it. */
  private static Matcher local(Matcher matcher, Map<String, String> external) {
    boolean asksForIt =
        matcher.op() == Matcher.Op.EQUAL && matcher.value().equals(external.get(matcher.name()));
    return asksForIt ? Matcher.equal(matcher.name(), "") : matcher;
  }
}
