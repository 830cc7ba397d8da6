package io.oriel.wire.exposition;

import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes a page in one of the text formats: a family's head first, then its samples. The caller
 * keeps a family together and, in OpenMetrics, gives counters their {@code _total}. Not
 * thread-safe.
 */
public final class TextWriter {
  private final ExpositionFormat format;
  private final StringBuilder out = new StringBuilder(4096);

  public TextWriter(ExpositionFormat format) {
    this.format = format;
  }

  /** The lines of HELP, TYPE and UNIT; an empty help or unit is left out. */
  public TextWriter family(String name, MetricMetadata metadata) {
    boolean open = format == ExpositionFormat.OPEN_METRICS;
    if (!metadata.help().isEmpty()) {
      head("HELP", name);
      Escapes.write(out, metadata.help(), open);
      out.append('\n');
    }
    head("TYPE", name).append(open ? metadata.type().text() : inText(metadata.type())).append('\n');
    if (open && !metadata.unit().isEmpty()) head("UNIT", name).append(metadata.unit()).append('\n');
    return this;
  }

  /** A sample without time; the labels hold the metric name. */
  public TextWriter sample(Labels series, double value) {
    series(series, Map.of()).append(' ').append(FloatText.of(value)).append('\n');
    return this;
  }

  /** A sample with its time in milliseconds since 1970. */
  public TextWriter sample(Labels series, double value, long timestampMs) {
    return sample(series, Map.of(), value, timestampMs);
  }

  /**
   * The same with labels behind the series' own, in their order, where the series has none of that
   * name. Their values may be empty, which tells a scraper to leave the label away.
   */
  public TextWriter sample(
      Labels series, Map<String, String> further, double value, long timestampMs) {
    series(series, further).append(' ').append(FloatText.of(value)).append(' ');
    if (format == ExpositionFormat.TEXT) out.append(timestampMs);
    else seconds(timestampMs);
    out.append('\n');
    return this;
  }

  /**
   * What was written since the last call: a long page is taken in pieces, without its last line.
   */
  public byte[] take() {
    byte[] piece = out.toString().getBytes(StandardCharsets.UTF_8);
    out.setLength(0);
    return piece;
  }

  /** How many characters {@link #take} would give. */
  public int waiting() {
    return out.length();
  }

  /** The whole page; in OpenMetrics with its last line. */
  public byte[] toBytes() {
    String end = format == ExpositionFormat.OPEN_METRICS ? "# EOF\n" : "";
    return (out + end).getBytes(StandardCharsets.UTF_8);
  }

  /** The text format knows five types; the others are written as what they are made of. */
  private static String inText(MetricMetadata.Type type) {
    return switch (type) {
      case COUNTER, GAUGE, HISTOGRAM, SUMMARY -> type.text();
      case INFO, STATESET -> MetricMetadata.Type.GAUGE.text();
      case GAUGE_HISTOGRAM -> MetricMetadata.Type.HISTOGRAM.text();
      case UNKNOWN -> "untyped";
    };
  }

  private StringBuilder head(String word, String name) {
    out.append("# ").append(word).append(' ');
    if (isPlain(name, true)) out.append(name);
    else quoted(name);
    return out.append(' ');
  }

  private StringBuilder series(Labels series, Map<String, String> further) {
    String name = series.metricName();
    boolean plain = isPlain(name, true);
    if (plain) out.append(name);
    if (plain && series.size() == 1 && further.isEmpty()) return out;
    out.append('{');
    if (!plain) quoted(name);
    for (int i = 0; i < series.size(); i++) {
      if (series.nameAt(i).equals(Labels.NAME)) continue;
      label(series.nameAt(i), series.valueAt(i));
    }
    for (var label : further.entrySet()) {
      if (series.get(label.getKey()) == null) label(label.getKey(), label.getValue());
    }
    return out.append('}');
  }

  private void label(String name, String value) {
    if (out.charAt(out.length() - 1) != '{') out.append(',');
    if (isPlain(name, false)) out.append(name);
    else quoted(name);
    out.append('=');
    quoted(value);
  }

  private static boolean isPlain(String name, boolean colons) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c > 127) return false;
      boolean fits = i == 0 ? Dialect.isNameStart((byte) c) : Dialect.isNamePart((byte) c);
      if (!fits || (c == ':' && !colons)) return false;
    }
    return !name.isEmpty();
  }

  private void quoted(String text) {
    out.append('"');
    Escapes.write(out, text, true);
    out.append('"');
  }

  private void seconds(long ms) {
    out.append(ms < 0 && ms > -1000 ? "-" : "").append(ms / 1000);
    int fraction = (int) Math.abs(ms % 1000);
    if (fraction != 0) out.append("%.3f".formatted(fraction / 1000.0).substring(1));
  }
}
