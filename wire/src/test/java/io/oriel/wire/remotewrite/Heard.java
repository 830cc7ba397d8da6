package io.oriel.wire.remotewrite;

import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
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
  final Map<Labels, List<Long>> bits = new LinkedHashMap<>();
  final Map<String, Labels> byFingerprint = new HashMap<>();
  private Labels current = Labels.EMPTY;

  static Heard of(byte[] message) throws Malformed {
    var heard = new Heard();
    new WriteDecoder().decode(message, message.length, heard);
    return heard;
  }

  @Override
  public void series(SeriesBytes series) {
    try {
      current = series.labels(Limits.NORMAL);
      String fingerprint = series.fingerprint() + "," + series.fingerprint2();
      byFingerprint.putIfAbsent(fingerprint, current);
      lines.add("series " + current);
    } catch (SeriesBytes.WrongLabels e) {
      lines.add("no series: " + e.getMessage());
    }
  }

  @Override
  public void sample(long timeMs, double value) {
    lines.add("sample " + timeMs + " " + value);
    List<Long> of = bits.computeIfAbsent(current, _ -> new ArrayList<>());
    of.add(timeMs);
    of.add(Double.doubleToRawLongBits(value));
  }

  @Override
  public void histogram() {
    lines.add("histogram");
  }

  @Override
  public void exemplar() {
    lines.add("exemplar");
  }

  @Override
  public void metadata(String metric, MetricMetadata said) {
    lines.add("metadata " + metric + " " + said);
  }
}
