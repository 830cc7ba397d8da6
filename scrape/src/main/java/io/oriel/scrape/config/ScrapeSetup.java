package io.oriel.scrape.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All jobs.
 *
 * @param externalLabels {@code global.external_labels}: for what leaves this Oriel, not for what is
 *     stored
 */
public record ScrapeSetup(List<ScrapeConfig> jobs, Map<String, String> externalLabels) {
  public static final ScrapeSetup EMPTY = new ScrapeSetup(List.of(), Map.of());

  public ScrapeSetup {
    jobs = List.copyOf(jobs);
    externalLabels = Map.copyOf(externalLabels);
  }

  /** This setup with one more job. */
  public ScrapeSetup with(ScrapeConfig job) {
    var all = new ArrayList<>(jobs);
    all.add(job);
    return new ScrapeSetup(all, externalLabels);
  }
}
