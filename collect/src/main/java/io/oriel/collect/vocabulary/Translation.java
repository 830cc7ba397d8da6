package io.oriel.collect.vocabulary;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.collect.page.NativePage;
import io.oriel.collect.page.PageSeries;
import io.oriel.model.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells a server's figures under the names of the vocabulary. In a round: {@link #begin}, a sample
 * after the other, {@link #tell}. What a series means is worked out once; a steady round allocates
 * nothing. Not thread-safe.
 */
public final class Translation implements NativePage.Onlooker {
  private static final int MOST_MODELS = 200; // a gateway that answers in a server's place

  /** One figure of the vocabulary, made of one or more series of the page. */
  private static final class Sum {
    final Metric metric;
    final Labels labels;
    final Rule.Fold fold;
    final int rank; // of the rule among those with the same meaning
    final Meaning meaning;
    double value;
    long round;

    Sum(Metric metric, Labels labels, Rule.Fold fold, int rank, Meaning meaning) {
      this.metric = metric;
      this.labels = labels;
      this.fold = fold;
      this.rank = rank;
      this.meaning = meaning;
    }
  }

  /** Which of the rules for one figure of one model has samples in this round. */
  private static final class Meaning {
    int bestRank;
    long round;
  }

  private record Key(Metric metric, Labels labels, int rank) {}

  private record MeaningKey(ModelMetric metric, String model) {}

  /** What a series of the page adds to; null where it means nothing to the vocabulary. */
  private record Source(@Nullable Sum sum, double factor) {
    static final Source NONE = new Source(null, 0);
  }

  private final String engine;
  private final String modelLabel;
  private final Map<String, Rule> rules =
      new HashMap<>(); // by sample or family, colons written as _
  private final Map<String, Integer> ranks = new HashMap<>();
  private final IdentityHashMap<PageSeries, Source> sources = new IdentityHashMap<>();
  private final Map<Key, Sum> sums = new HashMap<>();
  private final Map<MeaningKey, Meaning> meanings = new HashMap<>();
  private final List<Sum> told = new ArrayList<>();
  private String onlyModel = "";
  private long round;

  /**
   * @param modelLabel the page's label for the served model's name; empty when it has none
   */
  public Translation(String engine, String modelLabel, List<Rule> table) {
    this.engine = engine;
    this.modelLabel = modelLabel;
    var seen = new HashMap<ModelMetric, Integer>();
    for (Rule rule : table) {
      String name = plain(rule.from());
      rules.put(name, rule);
      ranks.put(name, seen.merge(rule.to(), 1, Integer::sum));
    }
  }

  private static String plain(String name) {
    return name.replace(':', '_');
  }

  /**
   * Begins a round.
   *
   * @param model whose series those without a label for it are; empty when it is not known
   */
  public void begin(String model) {
    if (!model.equals(onlyModel)) forget();
    onlyModel = model;
    if (sources.size() > 2 * told.size() + 10_000) forget(); // series that came and went
    round++;
    told.clear();
  }

  private void forget() {
    sources.clear();
    sums.clear();
    meanings.clear();
  }

  @Override
  public void sample(PageSeries series) {
    Source source = sources.get(series);
    if (source == null) {
      source = read(series);
      sources.put(series, source);
    }
    Sum sum = source.sum();
    if (sum != null) add(sum, series.value() * source.factor());
  }

  private void add(Sum sum, double scaled) {
    if (sum.round != round) {
      sum.round = round;
      sum.value = scaled;
      told.add(sum);
      Meaning meaning = sum.meaning;
      if (meaning.round != round || sum.rank < meaning.bestRank) meaning.bestRank = sum.rank;
      meaning.round = round;
    } else {
      sum.value = sum.fold == Rule.Fold.MAX ? Math.max(sum.value, scaled) : sum.value + scaled;
    }
  }

  private Source read(PageSeries series) {
    String name = plain(series.metric().name());
    String from = rules.containsKey(name) ? name : plain(series.metric().family());
    Rule rule = rules.get(from);
    if (rule == null) return Source.NONE;
    if (!isFirstRank(series.labels())) return Source.NONE;
    String model = model(series.labels());
    if (model.isEmpty()) return Source.NONE;
    var key = new MeaningKey(rule.to(), model);
    if (!meanings.containsKey(key) && meanings.size() > MOST_MODELS * ModelMetric.values().length) {
      return Source.NONE;
    }
    Meaning meaning = meanings.computeIfAbsent(key, _ -> new Meaning());
    Metric metric = metric(rule, series.metric());
    if (metric == null) return Source.NONE;
    Labels labels = labels(rule, model, series.labels());
    int rank = ranks.getOrDefault(from, 1);
    Sum sum =
        sums.computeIfAbsent(
            new Key(metric, labels, rank),
            _ -> new Sum(metric, labels, rule.fold(), rank, meaning));
    boolean isCount = rule.to().isHistogram() && !series.metric().name().endsWith("_sum");
    return new Source(sum, isCount ? 1 : rule.factor());
  }

  /** Ranks of one tensor-parallel group repeat each other's figures. */
  private static boolean isFirstRank(Labels labels) {
    String rank = labels.valueOf("tp_rank");
    return rank.isEmpty() || rank.equals("0");
  }

  private String model(Labels labels) {
    String named = modelLabel.isEmpty() ? "" : labels.valueOf(modelLabel);
    return named.isEmpty() ? onlyModel : named;
  }

  private static @Nullable Metric metric(Rule rule, Metric of) {
    if (!rule.to().isHistogram()) return rule.to().metric();
    for (ModelMetric.Part part : ModelMetric.Part.values()) {
      if (of.name().endsWith(part.suffix)) return rule.to().metric(part);
    }
    return null;
  }

  private Labels labels(Rule rule, String model, Labels of) {
    Labels.Builder labels = Labels.builder().set("engine", engine).set("model", model);
    String bound = rule.to().isHistogram() ? of.valueOf("le") : "";
    if (!bound.isEmpty()) labels.set("le", bound);
    if (!rule.label().isEmpty()) labels.set(rule.as(), of.valueOf(rule.label()));
    return labels.build();
  }

  /**
   * Ends the round.
   *
   * @return how many figures were told; none says that the page has nothing of this server
   */
  public int tell(Readings out) {
    int count = 0;
    for (Sum sum : told) {
      if (sum.rank != sum.meaning.bestRank) continue;
      out.tell(sum.metric, sum.labels, sum.value);
      count++;
    }
    return count;
  }
}
