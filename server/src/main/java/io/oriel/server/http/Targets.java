package io.oriel.server.http;

import io.oriel.model.backend.TargetStatus;
import java.util.List;
import java.util.Map;

/** What is watched, as the pages and both APIs ask for it: collectors and scrape targets. */
public interface Targets {
  List<TargetStatus> all();

  /** What was found and is not scraped, since relabelling dropped it. */
  List<Dropped> dropped();

  /**
   * A target that is not scraped.
   *
   * @param pool the job that found it
   * @param labels before relabelling
   * @param reason why, in words
   */
  record Dropped(String pool, Map<String, String> labels, String reason) {}
}
