package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.collect.node.KernelFiles.HeldFile;
import io.oriel.model.Labels;
import java.util.ArrayList;
import java.util.List;

/** What a look through a folder of /sys found: files to read each round, and facts to repeat. */
final class Rows {
  private record Live(
      Metric metric, Labels labels, NativePath path, HeldFile file, double divisor) {}

  private record Fact(Metric metric, Labels labels, double value) {}

  private final List<Live> live = new ArrayList<>();
  private final List<Fact> facts = new ArrayList<>();

  /** A file with one number, read each round. */
  void live(Metric metric, Labels labels, String path, double divisor) {
    live.add(new Live(metric, labels, NativePath.of(path), new HeldFile(), divisor));
  }

  /** Something that does not change from round to round. */
  void fact(Metric metric, Labels labels, double value) {
    facts.add(new Fact(metric, labels, value));
  }

  void fact(Metric metric, Labels labels, long value) {
    fact(metric, labels, (double) value);
  }

  boolean isEmpty() {
    return live.isEmpty() && facts.isEmpty();
  }

  void clear() {
    live.clear();
    facts.clear();
  }

  void tell(KernelFiles files, Readings out) {
    for (int i = 0; i < live.size(); i++) {
      Live row = live.get(i);
      Text text =
          files.tryReadPiece(
              row.path, row.file); // a sensor that sleeps or has gone is simply left out
      if (text == null || !text.line() || !text.word() || !text.isNumber()) continue;
      out.tell(row.metric, row.labels, text.wordNumber() / row.divisor);
    }
    for (int i = 0; i < facts.size(); i++) {
      Fact fact = facts.get(i);
      out.tell(fact.metric, fact.labels, fact.value);
    }
  }
}
