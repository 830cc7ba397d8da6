package io.oriel.promql.eval;

import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.model.backend.SelectHints.Reading;
import io.oriel.model.backend.SelectedSeries;
import io.oriel.model.histogram.Histogram;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.plan.Plan;
import io.oriel.promql.series.Column;
import io.oriel.promql.series.HeldSeries;
import io.oriel.promql.series.SeriesSink;
import io.oriel.promql.series.Steps;
import io.oriel.promql.series.Windows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code info()}: each series gets the labels of the info series that have the same instance and
 * job; of several with one name the newest at that step. Rules: Prometheus' promql/info.go.
 */
final class InfoJoin {
  private static final List<String> IDENTIFYING = List.of("instance", "job");

  /** What a series and its info series have in common. */
  private record Key(String infoName, Labels identity) {}

  private final Evaluation evaluation;
  private final Plan.WithInfo plan;
  private final Steps steps;
  private final InfoMatchers matchers;
  private final Map<Key, List<HeldSeries>> infos = new LinkedHashMap<>();
  private final Set<String> infoNames = new HashSet<>();

  InfoJoin(Evaluation evaluation, Plan.WithInfo plan, Steps steps) {
    this.evaluation = evaluation;
    this.plan = plan;
    this.steps = steps;
    this.matchers = new InfoMatchers(plan.chosen());
  }

  void run(SeriesSink out) {
    try (var held = new SeriesSet(evaluation.budget());
        var found = new SeriesSet(evaluation.budget());
        var joined = new SeriesSet(evaluation.budget())) {
      evaluation.vector(plan.operand(), steps, held);
      List<HeldSeries> series = held.all();
      read(series, found);
      for (HeldSeries info : found.all()) {
        String name = info.labels().metricName();
        infoNames.add(name);
        var key = new Key(name, info.labels().only(IDENTIFYING));
        infos.computeIfAbsent(key, k -> new ArrayList<>()).add(info);
      }
      for (HeldSeries each : series) {
        evaluation.budget().check();
        if (matchers.isInfo(each.labels()))
          joined.take(each.labels(), each.nameless(), each.column());
        else join(each, joined);
      }
      joined.handOn(out);
    }
  }

  /** Reads the info series that may fit: for each the times of its newest samples. */
  private void read(List<HeldSeries> series, SeriesSink found) {
    Map<String, Set<String>> identities = new HashMap<>();
    for (HeldSeries each : series) {
      if (matchers.isInfo(each.labels())) continue;
      for (String name : IDENTIFYING) {
        String value = each.labels().valueOf(name);
        if (!value.isEmpty()) identities.computeIfAbsent(name, n -> new HashSet<>()).add(value);
      }
    }
    if (identities.isEmpty()) return;
    Windows.Frame frame = plan.reach().over(steps);
    try (SelectedSeries selected = evaluation.select(matchers.all(), frame, Reading.OTHER)) {
      var fitting = FilteredSeries.of(selected, labels -> fits(labels, identities));
      evaluation.read(fitting, frame, InfoJoin::newestTimes, found);
      evaluation.notes().ofSource(selected);
    }
  }

  private static boolean fits(Labels labels, Map<String, Set<String>> identities) {
    return identities.entrySet().stream()
        .allMatch(label -> label.getValue().contains(labels.valueOf(label.getKey())));
  }

  private static void newestTimes(
      Labels labels, Windows windows, SampleColumns samples, Column out) {
    while (windows.next()) {
      int last = windows.to() - 1;
      Histogram histogram = samples.histogram(last);
      if (histogram != null && !Stale.isMarker(histogram.sum())) {
        throw new Refusal.QueryFailed(
            "this should be an info metric, with float samples: " + labels);
      }
      if (histogram != null || Stale.isMarker(samples.values[last])) continue;
      out.set(windows.step(), (double) samples.times[last]);
    }
  }

  private void join(HeldSeries series, SeriesSink joined) {
    var candidates = new ArrayList<List<HeldSeries>>();
    Labels identity = series.labels().only(IDENTIFYING);
    for (String name : infoNames) {
      List<HeldSeries> named = infos.get(new Key(name, identity));
      if (named != null) candidates.add(named);
    }
    Map<List<Labels>, Column> byInfo = new LinkedHashMap<>();
    for (int i = 0; i < steps.count(); i++) {
      if (!series.column().hasAny(i)) continue;
      List<Labels> chosen = chosen(candidates, i);
      Column column = byInfo.computeIfAbsent(chosen, c -> new Column(steps.count()));
      Histogram histogram = series.column().histogram(i);
      if (histogram != null) column.set(i, histogram);
      else column.set(i, series.column().get(i));
    }
    byInfo.forEach((info, column) -> {
      if (info.isEmpty() && !matchers.optional()) return;
      joined.take(with(series.labels(), info), series.nameless(), column);
    });
  }

  /** The info series at a step: of each name the newest one. */
  private List<Labels> chosen(List<List<HeldSeries>> candidates, int step) {
    var chosen = new ArrayList<Labels>();
    for (List<HeldSeries> named : candidates) {
      HeldSeries newest = null;
      for (HeldSeries info : named) {
        if (!info.column().has(step)) continue;
        if (newest == null || info.column().get(step) > newest.column().get(step)) newest = info;
        else if (info.column().get(step) == newest.column().get(step)) {
          throw conflict(newest, info, step);
        }
      }
      if (newest != null) chosen.add(newest.labels());
    }
    return chosen;
  }

  private static Refusal.QueryFailed conflict(HeldSeries one, HeldSeries other, int step) {
    long timeMs = (long) one.column().get(step);
    return new Refusal.QueryFailed(
        "found duplicate series for info metric: existing %s @ %d, new %s @ %d"
            .formatted(one.labels(), timeMs, other.labels(), timeMs));
  }

  private Labels with(Labels labels, List<Labels> infos) {
    var added = Labels.builder();
    for (Labels info : infos) {
      for (int i = 0; i < info.size(); i++) {
        String name = info.nameAt(i);
        if (!matchers.wants(name)) continue;
        String before = added.get(name);
        if (before != null && !before.equals(info.valueAt(i))) {
          throw new Refusal.QueryFailed("conflicting label: " + name);
        }
        if (labels.get(name) == null) added.set(name, info.valueAt(i));
      }
    }
    Labels.Builder all = labels.toBuilder();
    added.build().toMap().forEach(all::set);
    return all.build();
  }
}
