package io.oriel.wire.remotewrite;

import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Limits;
import io.oriel.wire.protobuf.Malformed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes down what a decoder tells, a line each. */
final class Heard implements WriteVisitor {
  final List<String> lines = new ArrayList<>();
  final List<Histogram> histograms = new ArrayList<>();
  final Map<Labels, List<Long>> bits = new LinkedHashMap<>();
  final Map<String, Labels> byFingerprint = new HashMap<>();
  private Labels current = Labels.EMPTY;

  static Heard of2(byte[] message) throws Malformed {
    var heard = new Heard();
    new Write2Decoder(Limits.NORMAL).decode(message, message.length, heard);
    return heard;
  }

  static Heard of(byte[] message) throws Malformed {
    var heard = new Heard();
    new WriteDecoder(Limits.NORMAL).decode(message, message.length, heard);
    return heard;
  }

  @Override
  public void series(PushedSeries series) {
    try {
      current = series.labels(Limits.NORMAL);
      String fingerprint = series.fingerprint() + "," + series.fingerprint2();
      byFingerprint.putIfAbsent(fingerprint, current);
      lines.add((series.isMixed() ? "mixed series " : "series ") + current);
    } catch (PushedSeries.WrongLabels e) {
      lines.add("no series: " + e.getMessage());
    }
  }

  @Override
  public void sample(long timeMs, double value, long startMs) {
    lines.add("sample " + timeMs + " " + value + (startMs == 0 ? "" : " since " + startMs));
    List<Long> of = bits.computeIfAbsent(current, _ -> new ArrayList<>());
    of.add(timeMs);
    of.add(Double.doubleToRawLongBits(value));
  }

  @Override
  public void histogram(long timeMs, Histogram histogram, long startMs) {
    histograms.add(histogram);
    lines.add("histogram " + timeMs + " " + histogram + (startMs == 0 ? "" : " since " + startMs));
  }

  @Override
  public void wrongHistogram(String why) {
    lines.add("no histogram: " + why);
  }

  @Override
  public void exemplar(Labels labels, double value, long timeMs) {
    lines.add("exemplar " + timeMs + " " + labels + " " + value);
  }

  @Override
  public void wrongExemplar(String why) {
    lines.add("no exemplar: " + why);
  }

  @Override
  public boolean isNews(long metric, long said) {
    return true;
  }

  @Override
  public void metadata(String metric, MetricMetadata said) {
    lines.add("metadata " + metric + " " + said);
  }
}
