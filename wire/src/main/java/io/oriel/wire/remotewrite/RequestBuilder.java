package io.oriel.wire.remotewrite;

import io.oriel.model.MetricMetadata;
import io.oriel.wire.protobuf.FieldWriter;
import io.oriel.wire.protobuf.Malformed;
import java.util.Map;

/**
 * Builds requests of series that are there as 1.0 messages: what waited in a queue, where a sample
 * may carry its start time as field 3 and a histogram as field 17, as in 2.0. Reused, request after
 * request; one thread.
 */
public abstract sealed class RequestBuilder permits RequestBuilder1, RequestBuilder2 {
  /**
   * Which of what a series has is sent.
   *
   * @param exemplars whether exemplars leave
   * @param histograms whether native histograms do
   */
  public record Parts(boolean exemplars, boolean histograms) {
    public static final Parts ALL = new Parts(true, true);
  }

  final Parts parts;
  final FieldWriter request = new FieldWriter();

  int samples;
  int histograms;
  int exemplars;
  int tooOld;
  int notWanted;
  long newestMs = Long.MIN_VALUE;

  RequestBuilder(Parts parts) {
    this.parts = parts;
  }

  public static RequestBuilder of(WriteVersion version, Parts parts) {
    return switch (version) {
      case V1 -> new RequestBuilder1(parts);
      case V2 -> new RequestBuilder2(parts);
    };
  }

  /** Begins a new request. */
  public void clear() {
    request.clear();
    samples = histograms = exemplars = tooOld = notWanted = 0;
    newestMs = Long.MIN_VALUE;
  }

  /**
   * Adds a series.
   *
   * @param message holds it as {@code prometheus.TimeSeries} from that place to that
   * @param oldestMs samples before this moment are left out
   * @param said what is known of metrics, by name; only 2.0 sends it here
   */
  public abstract void series(
      byte[] message, int from, int to, long oldestMs, Map<String, MetricMetadata> said)
      throws Malformed;

  /** The body: the message in a snappy block. */
  public abstract byte[] body();

  public abstract WriteVersion version();

  /** Float samples in the request. */
  public int samples() {
    return samples;
  }

  public int histograms() {
    return histograms;
  }

  public int exemplars() {
    return exemplars;
  }

  /** Samples and histograms that stayed here since they were too old. */
  public int tooOld() {
    return tooOld;
  }

  /** Native histograms that stayed here since they are not to be sent. */
  public int notWanted() {
    return notWanted;
  }

  /** The newest time in the request; {@link Long#MIN_VALUE} where it is empty. */
  public long newestMs() {
    return newestMs;
  }

  void sawSample(long timeMs) {
    samples++;
    newestMs = Math.max(newestMs, timeMs);
  }

  void sawHistogram(long timeMs) {
    histograms++;
    newestMs = Math.max(newestMs, timeMs);
  }
}
