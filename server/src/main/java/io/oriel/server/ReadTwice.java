package io.oriel.server;

import io.oriel.model.backend.TargetStatus;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says of a collector that a scrape target asks the same host and port: the system's own metrics
 * are stored twice then, under two jobs. It goes on nevertheless, since what it tells beside them
 * (the vocabulary of all model servers, the catalogue) comes from nowhere else.
 */
final class ReadTwice {
  private final Map<String, String> jobs = new HashMap<>(); // by host and port

  /**
   * @param scraped the scrape targets
   */
  ReadTwice(List<TargetStatus> scraped) {
    for (TargetStatus each : scraped) {
      String place = place(each.where());
      if (!place.isEmpty()) jobs.putIfAbsent(place, each.pool());
    }
  }

  /** The same status, with a word about it where there is a reason. */
  TargetStatus say(TargetStatus collector) {
    if (jobs.isEmpty()) return collector;
    String job = jobs.get(place(collector.where()));
    if (job == null) return collector;
    return collector.foundBy(
        collector.foundBy()
            + "; read twice: job %s of prometheus.yml scrapes it, too. Leave it out there, or set collectors.discover: false"
                .formatted(job));
  }

  /** Host and port of an address; empty where it is none. */
  private static String place(String where) {
    if (!where.startsWith("http")) return "";
    try {
      URI uri = URI.create(where);
      if (uri.getHost() == null) return "";
      int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
      return (uri.getHost().equals("localhost") ? "127.0.0.1" : uri.getHost()) + ":" + port;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
