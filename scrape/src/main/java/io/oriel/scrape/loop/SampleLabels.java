package io.oriel.scrape.loop;

import io.oriel.model.Labels;
import io.oriel.scrape.config.SampleLimits;
import io.oriel.scrape.config.ScrapeSettings;
import io.oriel.scrape.discover.Target;
import java.util.Optional;

/** What labels a scraped series gets: its own, its target's, then relabelling and limits. */
final class SampleLabels {
  private static final String EXPORTED = "exported_";

  private final Labels target;
  private final ScrapeSettings settings;

  SampleLabels(Target target) {
    this.target = target.labels();
    this.settings = target.settings();
  }

  /** Empty where relabelling drops it. */
  Optional<Labels> of(Labels scraped) throws PageRefused {
    check(scraped);
    return settings.metricRelabeling().apply(joined(scraped));
  }

  private Labels joined(Labels scraped) {
    Labels.Builder labels = scraped.toBuilder();
    for (int i = 0; i < target.size(); i++) {
      String name = target.nameAt(i);
      String own = scraped.valueOf(name);
      if (own.isEmpty()) {
        labels.set(name, target.valueAt(i));
      } else if (!settings.honorLabels()) {
        labels.set(name, target.valueAt(i));
        labels.set(freeName(labels, name), own);
      }
    }
    return labels.build();
  }

  /** What was there keeps its value under another name. */
  private static String freeName(Labels.Builder labels, String name) {
    String free = EXPORTED + name;
    while (labels.get(free) != null) free = EXPORTED + free;
    return free;
  }

  private void check(Labels scraped) throws PageRefused {
    SampleLimits limits = settings.limits();
    if (limits.labels() > 0 && scraped.size() > limits.labels()) {
      throw tooMuch(scraped, scraped.size() + " labels", "label_limit", limits.labels());
    }
    for (int i = 0; i < scraped.size(); i++) {
      int name = scraped.nameAt(i).length();
      int value = scraped.valueAt(i).length();
      if (limits.labelNameLength() > 0 && name > limits.labelNameLength()) {
        String what = "a label name of %d characters".formatted(name);
        throw tooMuch(scraped, what, "label_name_length_limit", limits.labelNameLength());
      }
      if (limits.labelValueLength() > 0 && value > limits.labelValueLength()) {
        String what = "a label value of %d characters".formatted(value);
        throw tooMuch(scraped, what, "label_value_length_limit", limits.labelValueLength());
      }
    }
  }

  private static PageRefused tooMuch(Labels scraped, String what, String key, long limit) {
    String name = scraped.metricName();
    String shown = name.substring(0, Math.min(name.length(), 80));
    return new PageRefused(
        "%s has %s, over %s of %d".formatted(shown, what, key, limit),
        "raise %s, or let the exporter tell less".formatted(key));
  }
}
