package io.oriel.server.http.prometheus;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.backend.QueryAnswer;
import io.oriel.model.backend.QueryAnswer.Result;
import io.oriel.model.histogram.Histogram;
import org.jspecify.annotations.Nullable;

/** About how many bytes of memory an answer holds until it is written: rather more than less. */
final class AnswerSize {
  private static final long ANSWER = 64 << 10; // the connection's buffers and what compresses
  private static final long SERIES = 128;
  private static final long LABEL = 64; // texts are mostly shared with the store
  private static final long SAMPLE = 16;
  private static final long HISTOGRAM = 512;

  private AnswerSize() {}

  static long of(QueryAnswer answer) {
    long bytes = ANSWER;
    switch (answer.result()) {
      case Result.Scalar _ -> {}
      case Result.Text(_, String text) -> bytes += 2L * text.length();
      case Result.Vector(var points) -> {
        for (QueryAnswer.Point point : points) bytes += of(point.labels()) + of(point.histogram());
      }
      case Result.Matrix(var all) -> {
        for (QueryAnswer.Series series : all) bytes += of(series.labels()) + of(series.samples());
      }
    }
    return bytes;
  }

  private static long of(Labels labels) {
    return SERIES + LABEL * labels.size();
  }

  private static long of(@Nullable Histogram histogram) {
    return histogram == null ? 0 : HISTOGRAM;
  }

  private static long of(SampleColumns samples) {
    long bytes = SAMPLE * samples.times.length;
    if (samples.starts != null) bytes += 8L * samples.times.length;
    if (samples.histograms != null) bytes += HISTOGRAM * samples.size;
    return bytes;
  }
}
