package io.oriel.receive.remotewrite;

import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.SampleColumns;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.wire.protobuf.Malformed;
import io.oriel.wire.protobuf.SnappyBlock;
import io.oriel.wire.remotewrite.PushedSeries;
import io.oriel.wire.remotewrite.PushedSeries.WrongLabels;
import io.oriel.wire.remotewrite.Write2Decoder;
import io.oriel.wire.remotewrite.WriteDecoder;
import io.oriel.wire.remotewrite.WriteVersion;
import io.oriel.wire.remotewrite.WriteVisitor;
import java.util.Map;

/**
 * Makes one batch of one request at a time. Its room is kept for the next, so that a steady sender
 * costs no allocation but the body's.
 */
final class WriteBatch implements WriteVisitor, AutoCloseable {
  private static final int KEPT_BYTES = 4 << 20; // who needed more room than this is not kept
  private static final int KEPT_SYMBOLS = 1 << 17;
  private static final int KEPT_SAMPLES = 1 << 17;
  private static final int EXEMPLAR_WEIGHT = 8; // samples that one is as large as, at least

  private final KnownSeries known;
  private final NewsOfMetrics news;
  private final Limits limits;
  private final MetricWriter writer;
  private final SnappyBlock block = new SnappyBlock();
  private final WriteDecoder decoder;
  private final Write2Decoder decoder2;
  private final Losses losses = new Losses();
  private final OnTrial onTrial;

  private boolean tellsExemplars; // version 1 is not told what became of them
  private int round;
  private long weight; // of what the request holds, in samples
  private long handle; // of the series that is being heard; NONE where it is refused
  private String lostFor = "";
  private String lostBecause = "";
  private long lastTime; // of the series' samples; 0 = none yet

  WriteBatch(KnownSeries known, NewsOfMetrics news, Limits limits, MetricWriter writer) {
    this.known = known;
    this.news = news;
    this.limits = limits;
    this.onTrial = new OnTrial(known);
    this.writer = writer;
    this.decoder = new WriteDecoder(limits);
    this.decoder2 = new Write2Decoder(limits);
  }

  /**
   * Takes in a request.
   *
   * @param now number of the round, for what is known of series
   * @throws Malformed when it can't be read; nothing of it was kept then, and this is to be closed
   */
  Taken take(byte[] body, WriteVersion version, int now) throws Malformed {
    round = now;
    weight = 0;
    handle = KnownSeries.NONE;
    tellsExemplars = version == WriteVersion.V2;
    losses.clear();
    onTrial.clear();
    block.unpack(body, limits, Limit.WRITE_BODY_BYTES, "the pushed request");
    switch (version) {
      case V1 -> decoder.decode(block.bytes(), block.length(), this);
      case V2 -> decoder2.decode(block.bytes(), block.length(), this);
    }
    Receipt receipt = writer.commit();
    onTrial.end(writer, round);
    losses.lose(receipt, tellsExemplars);
    int written = receipt.kept() + receipt.dropped(); // its sender has nothing to send again
    return new Taken(written, receipt.histograms(), receipt.exemplars(), losses.list());
  }

  /** Exemplars of the last request that were refused and of which its sender is not told. */
  Map<String, Long> unsaid() {
    return losses.unsaid();
  }

  /** Whether its room is small enough to be kept for the next request. */
  boolean isSmall() {
    return block.bytes().length <= KEPT_BYTES
        && decoder2.room() <= KEPT_SYMBOLS
        && weight <= KEPT_SAMPLES;
  }

  @Override
  public void series(PushedSeries series) {
    lastTime = 0;
    if (series.isMixed()) {
      refuse(Losses.MIXED, "a series has samples and native histograms; send two");
      return;
    }
    handle = known.find(series.fingerprint(), series.fingerprint2(), round);
    if (handle == KnownSeries.NONE) learn(series);
  }

  private void learn(PushedSeries series) {
    try {
      handle = known.add(series.fingerprint(), series.fingerprint2(), series.labels(limits));
      onTrial.add(series.fingerprint(), series.fingerprint2(), handle);
    } catch (WrongLabels | Refusal.BadRequest e) {
      refuse(Losses.LABELS, String.valueOf(e.getMessage()));
    } catch (Refusal.LimitReached e) {
      refuse(Losses.LIMIT, String.valueOf(e.getMessage()));
    }
  }

  /** Even a series without a sample is said to be refused: its sender took it for one. */
  private void refuse(String reason, String because) {
    handle = KnownSeries.NONE;
    lostFor = reason;
    lostBecause = because;
    losses.lose(reason, because, 0);
  }

  @Override
  public void sample(long timeMs, double value, long startMs) {
    weigh(1);
    if (handle == KnownSeries.NONE) {
      losses.lose(lostFor, lostBecause, 1);
      return;
    }
    lastTime = timeMs;
    writer.sample(handle, timeMs, value);
    start(timeMs, startMs);
  }

  @Override
  public void histogram(long timeMs, Histogram histogram, long startMs) {
    weigh(histogram.weight());
    if (handle == KnownSeries.NONE) {
      losses.lose(lostFor, lostBecause, 1);
      return;
    }
    lastTime = timeMs;
    writer.histogram(handle, timeMs, histogram);
    start(timeMs, startMs);
  }

  /** A start behind the sample is none. */
  private void start(long timeMs, long startMs) {
    if (startMs != SampleColumns.NO_START && startMs <= timeMs) writer.startOfLast(startMs);
  }

  private void weigh(int more) {
    weight += more;
    if (weight > limits.of(Limit.WRITE_SAMPLES)) {
      limits.check(Limit.WRITE_SAMPLES, weight, "the pushed request");
    }
  }

  @Override
  public void wrongHistogram(String why) {
    if (handle == KnownSeries.NONE) losses.lose(lostFor, lostBecause, 1);
    else losses.lose(Receipt.Reason.INVALID_HISTOGRAM.label(), why, 1);
  }

  @Override
  public void exemplar(Labels labels, double value, long timeMs) {
    weigh(EXEMPLAR_WEIGHT + 2 * labels.size());
    if (handle == KnownSeries.NONE) loseExemplar(lostFor, lostBecause);
    else writer.exemplar(handle, new Exemplar(labels, value, timeMs == 0 ? lastTime : timeMs));
  }

  @Override
  public void wrongExemplar(String why) {
    loseExemplar(Losses.LABELS, why);
  }

  private void loseExemplar(String reason, String why) {
    if (tellsExemplars) losses.loseExemplars(reason, why, 1);
    else losses.loseUnsaid(reason, 1);
  }

  @Override
  public boolean isNews(long metric, long said) {
    return handle != KnownSeries.NONE && news.isNews(metric, said, round);
  }

  @Override
  public void metadata(String metric, MetricMetadata said) {
    writer.metadata(metric, said);
  }

  @Override
  public void close() {
    writer.close();
  }
}
