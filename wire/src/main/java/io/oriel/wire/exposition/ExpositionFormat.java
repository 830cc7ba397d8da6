package io.oriel.wire.exposition;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import org.jspecify.annotations.Nullable;

/** The formats that are read and written, and how one is chosen. */
public enum ExpositionFormat {
  /** Prometheus' text format 0.0.4. */
  TEXT("text/plain; version=0.0.4; charset=utf-8"),
  /** OpenMetrics 1.0. */
  OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8"),
  /** Prometheus' protocol buffers, one metric family behind another; {@link ProtobufWriter}. */
  PROTOBUF(
      "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily;"
          + " encoding=delimited");

  private static final int MOST_SHOWN = 80; // characters of a peer's own words

  private final String contentType;

  ExpositionFormat(String contentType) {
    this.contentType = contentType;
  }

  /** What a writer of this format says in {@code Content-Type}. */
  public String contentType() {
    return contentType;
  }

  /**
   * Reads a page.
   *
   * @param page at least so long as {@code length}; the rest is not looked at
   * @throws SyntaxError at the first line that is wrong; the visitor has seen those before it
   */
  public void parse(byte[] page, int length, Limits limits, SampleVisitor visitor)
      throws SyntaxError {
    int longest = (int) Math.min(limits.of(Limit.SCRAPE_LINE_BYTES), Integer.MAX_VALUE);
    var text = new Page(page, length, longest);
    switch (this) {
      case TEXT -> new TextParser(text, visitor).parse();
      case OPEN_METRICS -> new OpenMetricsParser(text, visitor).parse();
      case PROTOBUF -> new ProtobufParser(page, length, limits, visitor).parse();
    }
  }

  /**
   * What a content type led to.
   *
   * @param format null when the page can't be read
   * @param warning what is odd about the content type, empty when nothing is; where there is no
   *     format it is the reason
   */
  public record Choice(@Nullable ExpositionFormat format, String warning) {}

  /**
   * Chooses by {@code Content-Type}, and where that says nothing useful by the fallback.
   *
   * @param contentType empty when the answer had none
   * @param fallback {@code fallback_scrape_protocol} of the target, null = none
   */
  public static Choice choose(String contentType, @Nullable ExpositionFormat fallback) {
    String reason;
    var type = ContentType.parse(contentType);
    if (contentType.isBlank()) reason = "the target names no Content-Type";
    else if (type == null)
      reason = "the Content-Type '%s' is malformed".formatted(shown(contentType));
    else if (type.isOpenMetrics() && type.version().startsWith("2.")) {
      reason = "OpenMetrics 2.0 is not read yet";
    } else if (type.isOpenMetrics()) return new Choice(OPEN_METRICS, "");
    else if (type.isProtobuf()) return new Choice(PROTOBUF, "");
    else if (type.isText()) return new Choice(TEXT, "");
    else reason = "the Content-Type '%s' is no format of metrics".formatted(shown(contentType));
    return new Choice(fallback, reason);
  }

  /** The peer may have written anything: bounded, and without what terminals obey. */
  private static String shown(String contentType) {
    String clean = contentType.replaceAll("\\p{Cntrl}", "?");
    return clean.length() <= MOST_SHOWN ? clean : clean.substring(0, MOST_SHOWN) + "...";
  }
}
