package io.oriel.receive.remotewrite;

import io.oriel.model.MetricMetadata;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.wire.protobuf.Malformed;
import io.oriel.wire.protobuf.SnappyBlock;
import io.oriel.wire.remotewrite.SeriesBytes;
import io.oriel.wire.remotewrite.SeriesBytes.WrongLabels;
import io.oriel.wire.remotewrite.WriteDecoder;
import io.oriel.wire.remotewrite.WriteVisitor;

/**
 * Makes one batch of one request at a time. Its room is kept for the next, so that a steady sender
 * costs no allocation but the body's.
 */
final class WriteBatch implements WriteVisitor, AutoCloseable {
  private static final int KEPT_BYTES = 4 << 20; // who needed more room than this is not kept

  private final KnownSeries known;
  private final Limits limits;
  private final MetricWriter writer;
  private final SnappyBlock block = new SnappyBlock();
  private final WriteDecoder decoder = new WriteDecoder();
  private final Losses losses = new Losses();

  private int round;
  private long handle; // of the series that is being heard; NONE where it is refused
  private String lostFor = "";
  private String lostBecause = "";

  WriteBatch(KnownSeries known, Limits limits, MetricWriter writer) {
    this.known = known;
    this.limits = limits;
    this.writer = writer;
  }

  /**
   * Takes in a request.
   *
   * @param now number of the round, for what is known of series
   * @throws Malformed when it can't be read; nothing of it was kept then, and this is to be closed
   */
  Taken take(byte[] body, int now) throws Malformed {
    round = now;
    losses.clear();
    block.unpack(body, limits, Limit.WRITE_BODY_BYTES, "the pushed request");
    decoder.decode(block.bytes(), block.length(), this);
    Receipt receipt = writer.commit();
    losses.lose(receipt);
    return new Taken(receipt.kept(), losses.list());
  }

  /** Whether its room is small enough to be kept for the next request. */
  boolean isSmall() {
    return block.bytes().length <= KEPT_BYTES;
  }

  @Override
  public void series(SeriesBytes series) {
    handle = known.find(series.fingerprint(), series.fingerprint2(), round);
    if (handle == KnownSeries.NONE) handle = learn(series);
  }

  private long learn(SeriesBytes series) {
    try {
      return known.add(series.fingerprint(), series.fingerprint2(), round, series.labels(limits));
    } catch (WrongLabels e) {
      return refuse(Losses.LABELS, e);
    } catch (Refusal.BadRequest e) {
      return refuse(Losses.LABELS, e);
    } catch (Refusal.LimitReached e) {
      return refuse(Losses.LIMIT, e);
    }
  }

  private long refuse(String reason, Exception e) {
    lostFor = reason;
    lostBecause = String.valueOf(e.getMessage());
    return KnownSeries.NONE;
  }

  @Override
  public void sample(long timeMs, double value) {
    if (handle != KnownSeries.NONE) writer.sample(handle, timeMs, value);
    else losses.lose(lostFor, lostBecause, 1);
  }

  @Override
  public void histogram() {
    losses.lose(Losses.HISTOGRAM, "native histograms are not stored yet", 1);
  }

  @Override
  public void exemplar() {
    // exemplars are not kept yet; a sender is not bothered with it, as Prometheus has it
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
