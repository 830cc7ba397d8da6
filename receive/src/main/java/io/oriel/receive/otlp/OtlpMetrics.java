package io.oriel.receive.otlp;

import io.oriel.model.Clock;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.receive.Turns;
import io.oriel.wire.otlp.MetricsDecoder;
import io.oriel.wire.otlp.OtlpJson;
import io.oriel.wire.protobuf.FieldWriter;
import io.oriel.wire.protobuf.Malformed;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Takes in what is pushed by OTLP. Thread-safe. */
public final class OtlpMetrics {
  private static final int AT_ONCE = 8; // more requests wait: that slows their senders

  private final MetricSink sink;
  private final Limits limits;
  private final Clock clock;
  private final OtlpSettings settings;
  private final Names names;
  private final Deltas deltas;
  private final Turns turns;
  private final LongAdder kept = new LongAdder();
  private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();

  public OtlpMetrics(MetricSink sink, Limits limits, Clock clock, OtlpSettings settings) {
    this(sink, limits, clock, settings, Turns.of(AT_ONCE, limits));
  }

  /**
   * @param turns bound what is unpacked at once
   */
  public OtlpMetrics(
      MetricSink sink, Limits limits, Clock clock, OtlpSettings settings, Turns turns) {
    this.turns = turns;
    this.sink = sink;
    this.limits = limits;
    this.clock = clock;
    this.settings = settings;
    this.names = new Names(settings.strategy());
    this.deltas = new Deltas(limits);
  }

  /** How a request is written. */
  public enum Encoding {
    PROTOBUF,
    JSON
  }

  /**
   * Takes in one request: when it returns, what was kept survives the death of this process.
   *
   * @param atMost bytes that the body has when it is unpacked; of what is packed, the most that its
   *     unpacking makes
   * @param unpacking makes the body; is asked once there is room for it
   * @throws Refusal.BadRequest when the body can't be read; nothing of it was kept
   * @throws Refusal.LimitReached when it is too large, or, by {@code request_bodies_bytes}, when
   *     others hold too much now; the sender tries again then
   * @throws Refusal.Unavailable when nothing can be taken in now; the sender tries again
   */
  public Exported take(long atMost, Supplier<byte[]> unpacking, Encoding encoding) {
    int copies = encoding == Encoding.JSON ? 2 : 1; // JSON is written over
    try (Turns.Turn turn = turns.take(copies * atMost)) {
      byte[] body = unpacking.get();
      limits.check(Limit.WRITE_BODY_BYTES, body.length, "the pushed request");
      turn.holds((long) copies * body.length);
      Exported exported = takeInTurn(body, encoding);
      kept.add(exported.samples());
      for (Exported.Loss loss : exported.losses()) {
        refused.computeIfAbsent(loss.reason(), _ -> new LongAdder()).add(loss.count());
      }
      return exported;
    }
  }

  private Exported takeInTurn(byte[] body, Encoding encoding) {
    boolean isKept = false;
    try (MetricWriter writer = sink.writer()) {
      var batch = new ExportBatch(settings, names, limits, writer, deltas, clock.millis());
      var decoder = new MetricsDecoder(limits);
      if (encoding == Encoding.JSON) {
        FieldWriter message = OtlpJson.toProtobuf(body, limits);
        decoder.decode(message.bytes(), message.size(), batch);
      } else {
        decoder.decode(body, body.length, batch);
      }
      Exported exported = batch.commit();
      isKept = true;
      return exported;
    } catch (Malformed e) {
      throw new Refusal.BadRequest(
          String.valueOf(e.getMessage()), "send ExportMetricsServiceRequest");
    } finally {
      deltas.end(isKept);
    }
  }

  /** Samples that were kept since the start. */
  public long kept() {
    return kept.sum();
  }

  /** Points, or samples of them, that were refused since the start, by reason. */
  public Map<String, Long> refused() {
    var all = new TreeMap<String, Long>();
    refused.forEach((reason, count) -> all.put(reason, count.sum()));
    return all;
  }

  /** Series that are summed up of differences now. */
  public int deltaSeries() {
    return deltas.size();
  }
}
