package io.oriel.server.alias;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One row of {@code aliases.txt}: two names of the same thing.
 *
 * @param factor value under {@code to} = value under {@code from} times this
 * @param reach within what a name that has data silences the other
 */
record Alias(
    Shape shape, String from, String to, double factor, Reach reach, List<LabelChange> changes) {
  private static final List<String> FAMILY = List.of("_bucket", "_sum", "_count", "");

  /** What the names stand for. */
  enum Shape {
    /** One metric. */
    ONE,
    /** A histogram: the name itself and those with _bucket, _sum and _count. */
    FAMILY,
    /** All names that begin so. */
    PREFIX
  }

  /** Where the asked name has data, how far it silences the other. */
  enum Reach {
    /** On the same target (job and instance): versions differ from target to target. */
    TARGET,
    /**
     * On every target: two exporters may watch the same thing. What it is tells the label that is
     * renamed from the one to the other (a GPU's UUID); where there is none, all is silenced.
     */
    NAME
  }

  /** A row: shape, from, to, factor, reach and, where there are any, label changes. */
  static Alias parse(String row) {
    String[] words = row.strip().split("\\s+", -1);
    List<LabelChange> changes =
        words.length < 6
            ? List.of()
            : Arrays.stream(words[5].split(",")).map(LabelChange::parse).toList();
    return new Alias(
        Shape.valueOf(words[0].toUpperCase(Locale.ROOT)),
        words[1],
        words[2],
        Double.parseDouble(words[3]),
        Reach.valueOf(words[4].toUpperCase(Locale.ROOT)),
        changes);
  }

  /** Where data for that name may also stand by this row, if the row is about it. */
  Optional<Partner> partnerOf(String asked) {
    return other(asked, from, to)
        .map(name -> partner(asked, name, 1 / factor, LabelChange.back(changes)))
        .or(() -> other(asked, to, from).map(name -> partner(asked, name, factor, changes)));
  }

  private Partner partner(String asked, String name, double times, List<LabelChange> toAsked) {
    var scale =
        shape == Shape.FAMILY && asked.endsWith("_bucket")
            ? Partner.Scale.BOUNDS
            : shape == Shape.FAMILY && asked.endsWith("_count")
                ? Partner.Scale.NOTHING
                : Partner.Scale.VALUES;
    return new Partner(name, times, scale, reach, new ArrayList<>(toAsked));
  }

  /** The asked name with one end replaced by the other, if it is that end. */
  private Optional<String> other(String asked, String end, String otherEnd) {
    return switch (shape) {
      case ONE -> asked.equals(end) ? Optional.of(otherEnd) : Optional.empty();
      case PREFIX ->
          asked.startsWith(end)
              ? Optional.of(otherEnd + asked.substring(end.length()))
              : Optional.empty();
      case FAMILY ->
          FAMILY.stream()
              .filter(suffix -> asked.equals(end + suffix))
              .findFirst()
              .map(suffix -> otherEnd + suffix);
    };
  }
}
