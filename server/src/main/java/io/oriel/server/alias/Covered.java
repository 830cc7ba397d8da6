package io.oriel.server.alias;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.SampleColumns;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.SelectHints;
import io.oriel.model.backend.SelectedSeries;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When the asked name (and the nearer ones of its other names) has samples, whatever a query's
 * matchers leave of it: what is silenced must not depend on how narrowly somebody asks.
 */
final class Covered {
  private final AliasedSource.Selector source;
  private final String asked;
  private final TimeRange range;
  private final Map<Labels, Spans> lasting = new HashMap<>(); // as far as a query looks back
  private final Map<Labels, Spans> exact = new HashMap<>(); // to the last sample

  Covered(AliasedSource.Selector source, String asked, TimeRange range) {
    this.source = source;
    this.asked = asked;
    this.range = new TimeRange(range.startMs() - Spans.HOLE_MS, range.endMs());
    cover(asked, null);
  }

  /** Asks when there are samples, to be held where only aggregates tell. */
  static SelectHints moments(SelectHints of) {
    int anyMoment = 1;
    var newest = SelectHints.Reading.NEWEST;
    return new SelectHints(newest, anyMoment, 0, Spans.HOLE_MS, of.coarsestMs());
  }

  /** The series under that name count from now on. */
  void add(Partner partner) {
    cover(partner.name(), partner);
  }

  private void cover(String name, @Nullable Partner partner) {
    var samples = new SampleColumns();
    try (SelectedSeries all = source.select(List.of(Matcher.equal(Labels.NAME, name)), range)) {
      for (int i = 0; i < all.count(); i++) {
        Labels labels = all.labels(i);
        if (partner != null) labels = partner.labels(labels, asked);
        if (labels == null) continue;
        samples.clear();
        all.read(i, samples);
        lasting.computeIfAbsent(labels, _ -> new Spans()).add(samples, Spans.HOLE_MS);
        exact.computeIfAbsent(labels, _ -> new Spans()).add(samples, 0);
      }
    }
  }

  /** What is covered, as a partner's series have to look at it. */
  By by(Partner partner) {
    var byKey = new HashMap<String, Spans>();
    var all = new Spans();
    lasting.forEach((labels, spans) -> {
      byKey.computeIfAbsent(partner.key(labels), _ -> new Spans()).addAll(spans);
      all.addAll(spans);
    });
    return new By(partner, byKey, all, Map.copyOf(exact));
  }

  /** When series of one partner are silent. */
  record By(Partner partner, Map<String, Spans> byKey, Spans all, Map<Labels, Spans> sameSeries) {
    /**
     * When others have the word for a series of the partner. Of the same series each sample is
     * taken that the asked name lacks; of another of the same thing none as long as the asked one
     * still answers.
     */
    Spans of(Labels labels) {
      Spans same = sameSeries.get(labels);
      if (same != null) return same;
      String key = partner.key(labels);
      if (key.isEmpty()) return all; // it may be any of them
      var silent = new Spans();
      silent.addAll(byKey.getOrDefault(key, new Spans()));
      silent.addAll(byKey.getOrDefault("", new Spans()));
      return silent;
    }
  }
}
