package io.oriel.collect.gpu;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Labels;
import java.util.List;

/**
 * A row of a scheme's table: what is told, what it is read from, and the factor to the scheme's
 * unit.
 */
record Row(Metric metric, Reads reads, double factor) {
  /** Reads one quantity. */
  @FunctionalInterface
  interface Reads {
    double of(Source source) throws NvmlException;
  }

  static Row gauge(String name, String help, Reads reads, double factor) {
    return new Row(Metric.gauge(name, help), reads, factor);
  }

  static Row gauge(String name, String help, Reads reads) {
    return gauge(name, help, reads, 1);
  }

  static Row counter(String name, String help, Reads reads, double factor) {
    return new Row(Metric.counter(name, help), reads, factor);
  }

  static Row counter(String name, String help, Reads reads) {
    return counter(name, help, reads, 1);
  }

  /**
   * Tells every row that has a value; what has none is counted by its reason.
   *
   * @throws NvmlException when the GPU or NVML as a whole says nothing more
   */
  static void tell(List<Row> rows, Source source, Labels labels, Readings out)
      throws NvmlException {
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      try {
        out.tell(row.metric, labels, row.reads.of(source) * row.factor);
      } catch (NvmlException e) {
        if (e.answer().endsTheRound() || e.answer().endsTheGpu()) throw e;
        out.missing(row.metric, labels, e.answer().words());
      }
    }
  }
}
