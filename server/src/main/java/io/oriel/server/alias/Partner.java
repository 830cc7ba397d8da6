package io.oriel.server.alias;

import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.SampleColumns;
import io.oriel.model.Stale;
import io.oriel.server.alias.Alias.Reach;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Another name under which what is asked may stand, and how to read it as if it were asked.
 *
 * @param factor value as asked = value as stored times this
 * @param changes of the labels, from those stored to those asked
 */
record Partner(String name, double factor, Scale scale, Reach reach, List<LabelChange> changes) {
  private static final String BOUND = "le";

  /** What a factor is put on. */
  enum Scale {
    VALUES,
    /** The bounds of a classic histogram's buckets; the counts stay. */
    BOUNDS,
    /** A number of observations. */
    NOTHING
  }

  /** This one reached over another: first its own changes, then those of the other. */
  Partner then(Partner nearer) {
    var all = new ArrayList<>(changes);
    all.addAll(nearer.changes);
    Reach wider = nearer.reach == Reach.NAME ? Reach.NAME : reach;
    return new Partner(name, factor * nearer.factor, scale, wider, all);
  }

  /** A series' labels as they would be under the asked name; null where it has no place there. */
  @Nullable Labels labels(Labels stored, String asked) {
    Labels.Builder labels = stored.toBuilder().set(Labels.NAME, asked);
    for (LabelChange each : changes) {
      if (!each.change(labels)) return null;
    }
    String bound = labels.get(BOUND);
    if (scale == Scale.BOUNDS && factor != 1 && bound != null) labels.set(BOUND, scaled(bound));
    return labels.build();
  }

  private String scaled(String bound) {
    try {
      var number = new BigDecimal(bound).multiply(BigDecimal.valueOf(factor));
      return number.stripTrailingZeros().toPlainString();
    } catch (NumberFormatException _) {
      return bound; // +Inf
    }
  }

  /** Puts the factor on samples; markers stay markers. */
  void scale(SampleColumns samples) {
    if (factor == 1 || scale != Scale.VALUES) return;
    for (int i = 0; i < samples.size; i++) {
      if (!Stale.isMarker(samples.values[i])) samples.values[i] *= factor;
    }
  }

  /**
   * Of what thing a series tells: of two with one key only one is heard. Empty where that can't be
   * told; then it is any of them.
   *
   * @param asked labels as they were asked
   */
  String key(Labels asked) {
    if (reach == Reach.TARGET) return target(asked);
    var key = new StringBuilder();
    for (LabelChange each : changes) {
      if (each instanceof LabelChange.Renamed renamed) {
        String value = asked.valueOf(renamed.to());
        if (value.isEmpty()) return "";
        key.append(value.toLowerCase(Locale.ROOT)).append('\n');
      }
    }
    return key.toString();
  }

  /** What a series was scraped from. */
  private static String target(Labels labels) {
    return labels.valueOf("job") + '\n' + labels.valueOf("instance");
  }

  /** Whether samples with native histograms can be read so: their bounds can't be scaled. */
  boolean takesHistograms() {
    return factor == 1;
  }

  /**
   * What was said of the metric; its unit is not that of the asked name where there is a factor.
   */
  MetricMetadata metadata(MetricMetadata stored) {
    return factor == 1 ? stored : new MetricMetadata(stored.type(), stored.help(), "");
  }

  /** How values were changed, to follow "was read in its place". */
  String words() {
    return factor == 1
        ? ""
        : " times " + BigDecimal.valueOf(factor).stripTrailingZeros().toPlainString();
  }
}
