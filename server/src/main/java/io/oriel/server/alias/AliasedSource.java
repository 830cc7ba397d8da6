package io.oriel.server.alias;

import io.oriel.model.Labels;
import io.oriel.model.Matcher;
import io.oriel.model.MetricMetadata;
import io.oriel.model.TimeRange;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.backend.SelectHints;
import io.oriel.model.backend.SelectedSeries;
import io.oriel.server.alias.AliasedSeries.ByOtherName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A source that knows old and new names. Only a selector that names its metric by {@code =} is
 * looked up; what has no other names goes straight through.
 */
public final class AliasedSource implements MetricSource {
  private static final int NO_LIMIT = 0;

  private final MetricSource source;
  private final AliasTable table;

  public AliasedSource(MetricSource source, AliasTable table) {
    this.source = source;
    this.table = table;
  }

  @Override
  public SelectedSeries select(List<Matcher> matchers, TimeRange range) {
    return select(matchers, range, source::select, source::select);
  }

  /**
   * What is held silent by others is found by samples, and where these have gone by what is left.
   */
  @Override
  public SelectedSeries select(List<Matcher> matchers, TimeRange range, SelectHints hints) {
    SelectHints moments = Covered.moments(hints);
    return select(
        matchers,
        range,
        (each, time) -> source.select(each, time, hints),
        (each, time) -> source.select(each, time, moments));
  }

  /** How series of the source are selected. */
  @FunctionalInterface
  interface Selector {
    SelectedSeries select(List<Matcher> matchers, TimeRange range);
  }

  private SelectedSeries select(
      List<Matcher> matchers, TimeRange range, Selector selector, Selector moments) {
    String asked = askedName(matchers);
    List<Partner> partners = asked == null ? List.of() : table.partnersOf(asked);
    SelectedSeries own = selector.select(matchers, range);
    if (asked == null || partners.isEmpty()) return own;
    var others = new ArrayList<ByOtherName>();
    try {
      for (Partner partner : partners) {
        SelectedSeries selected = selector.select(matchersOf(partner, matchers), range);
        if (selected.count() > 0) others.add(new ByOtherName(partner, selected));
        else selected.close();
      }
      if (others.isEmpty()) return own;
      return new AliasedSeries(asked, matchers, own, others, new Covered(moments, asked, range));
    } catch (RuntimeException | Error failure) {
      own.close();
      others.forEach(each -> each.selected().close());
      throw failure;
    }
  }

  /** The name that all series of the selection have; null where it is not said by {@code =}. */
  private static @Nullable String askedName(List<Matcher> matchers) {
    for (Matcher each : matchers) {
      if (each.name().equals(Labels.NAME) && each.op() == Matcher.Op.EQUAL) return each.value();
    }
    return null;
  }

  /**
   * The matchers for series of the other name: those on labels that change can only be asked when
   * they are changed.
   */
  private static List<Matcher> matchersOf(Partner partner, List<Matcher> matchers) {
    var asked = new ArrayList<Matcher>();
    asked.add(Matcher.equal(Labels.NAME, partner.name()));
    if (!partner.changes().isEmpty() || partner.factor() != 1) return asked;
    matchers.stream().filter(each -> !each.name().equals(Labels.NAME)).forEach(asked::add);
    return asked;
  }

  @Override
  public List<Labels> series(List<List<Matcher>> selections, TimeRange range, int limit) {
    List<Labels> others = byOtherNames(selections, range);
    if (others.isEmpty()) return source.series(selections, range, limit);
    var all = new TreeSet<>(source.series(selections, range, NO_LIMIT));
    all.addAll(others);
    return limited(all.stream(), limit);
  }

  @Override
  public List<String> labelNames(List<List<Matcher>> selections, TimeRange range, int limit) {
    return joined(
        source.labelNames(selections, range, NO_LIMIT),
        byOtherNames(selections, range),
        labels -> labels.toMap().keySet().stream(),
        limit);
  }

  @Override
  public List<String> labelValues(
      String name, List<List<Matcher>> selections, TimeRange range, int limit) {
    return joined(
        source.labelValues(name, selections, range, NO_LIMIT),
        byOtherNames(selections, range),
        labels -> Stream.ofNullable(labels.get(name)),
        limit);
  }

  private static List<String> joined(
      List<String> own, List<Labels> others, Function<Labels, Stream<String>> texts, int limit) {
    if (others.isEmpty()) return limited(own.stream(), limit);
    var all = new TreeSet<>(own);
    others.stream().flatMap(texts).forEach(all::add);
    return limited(all.stream(), limit);
  }

  private static <T> List<T> limited(Stream<T> all, int limit) {
    return (limit == NO_LIMIT ? all : all.limit(limit)).toList();
  }

  /** Series of other names as they were asked, of targets where the asked name has none. */
  private List<Labels> byOtherNames(List<List<Matcher>> selections, TimeRange range) {
    var found = new ArrayList<Labels>();
    for (List<Matcher> matchers : selections) {
      String asked = askedName(matchers);
      if (asked == null) continue;
      var taken = new HashSet<Labels>(); // as asked, whatever the matchers leave of them
      boolean ownAsked = false;
      for (Partner partner : table.partnersOf(asked)) {
        List<Labels> stored =
            source.series(List.of(matchersOf(partner, matchers)), range, NO_LIMIT);
        if (stored.isEmpty()) continue;
        if (!ownAsked) taken.addAll(source.series(byName(asked), range, NO_LIMIT));
        ownAsked = true;
        found.addAll(asAsked(stored, partner, asked, matchers, taken));
      }
    }
    return found;
  }

  private static List<List<Matcher>> byName(String name) {
    return List.of(List.of(Matcher.equal(Labels.NAME, name)));
  }

  private static List<Labels> asAsked(
      List<Labels> stored,
      Partner partner,
      String asked,
      List<Matcher> matchers,
      Set<Labels> taken) {
    var keys = new HashSet<String>();
    taken.forEach(each -> keys.add(partner.key(each)));
    var fitting = new ArrayList<Labels>();
    for (Labels each : stored) {
      Labels labels = partner.labels(each, asked);
      if (labels == null || taken.contains(labels)) continue;
      String key = partner.key(labels);
      boolean silent = key.isEmpty() ? !keys.isEmpty() : keys.contains(key) || keys.contains("");
      if (!silent && matchers.stream().allMatch(matcher -> matcher.matches(labels))) {
        fitting.add(labels);
      }
    }
    taken.addAll(fitting);
    return fitting;
  }

  @Override
  public List<String> warnings(TimeRange range) {
    return source.warnings(range);
  }

  @Override
  public Map<String, List<MetricMetadata>> metadata(String metric, int limit) {
    Map<String, List<MetricMetadata>> own = source.metadata(metric, limit);
    if (metric.isEmpty() || !own.isEmpty()) return own;
    for (Partner partner : table.partnersOf(metric)) {
      List<MetricMetadata> found = source.metadata(partner.name(), limit).get(partner.name());
      if (found != null) return Map.of(metric, found.stream().map(partner::metadata).toList());
    }
    return own;
  }
}
