package io.oriel.scrape.discover;

import io.oriel.model.Labels;
import io.oriel.scrape.config.ScrapeSettings;
import java.net.URI;
import java.util.Map;
import java.util.Objects;

/**
 * Something that is asked for metrics. Two targets are equal when they are asked the same way and
 * give the same series; how they were found does not count.
 */
public final class Target {
  private final String job;
  private final URI uri;
  private final Labels labels;
  private final long intervalMs;
  private final long timeoutMs;
  private final ScrapeSettings settings;
  private final Map<String, String> discovered;
  private final String foundBy;

  /**
   * @param labels on every series of it
   * @param discovered what it had before relabelling
   */
  public Target(
      String job,
      URI uri,
      Labels labels,
      long intervalMs,
      long timeoutMs,
      ScrapeSettings settings,
      Map<String, String> discovered,
      String foundBy) {
    this.job = job;
    this.uri = uri;
    this.labels = labels;
    this.intervalMs = intervalMs;
    this.timeoutMs = timeoutMs;
    this.settings = settings;
    this.discovered = Map.copyOf(discovered);
    this.foundBy = foundBy;
  }

  public String job() {
    return job;
  }

  public URI uri() {
    return uri;
  }

  /** Host and port as configured: what people call it. */
  public String name() {
    return uri.getRawAuthority();
  }

  public Labels labels() {
    return labels;
  }

  public long intervalMs() {
    return intervalMs;
  }

  public long timeoutMs() {
    return timeoutMs;
  }

  public ScrapeSettings settings() {
    return settings;
  }

  public Map<String, String> discovered() {
    return discovered;
  }

  public String foundBy() {
    return foundBy;
  }

  /** The same for the same job, address and labels, on every start; safe in a URL. */
  public String id() {
    return Long.toHexString(stableHash());
  }

  /**
   * When it is asked first after a moment. Targets are spread over the interval by their hash, so
   * the load is even, and stays where it was after a restart.
   */
  public long firstAfter(long nowMs) {
    long offset = Long.remainderUnsigned(stableHash(), intervalMs);
    long before = Math.floorDiv(nowMs - offset, intervalMs) * intervalMs + offset;
    return before + intervalMs;
  }

  /** FNV-1a with a last mixing: the same in every process. */
  private long stableHash() {
    long hash = 0xcbf29ce484222325L;
    String identity = job + "\n" + uri + "\n" + labels;
    for (int i = 0; i < identity.length(); i++) {
      hash = (hash ^ identity.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    return hash ^ hash >>> 33;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Target target
        && job.equals(target.job)
        && uri.equals(target.uri)
        && labels.equals(target.labels)
        && intervalMs == target.intervalMs
        && timeoutMs == target.timeoutMs
        && settings.equals(target.settings);
  }

  @Override
  public int hashCode() {
    return Objects.hash(job, uri, labels);
  }

  @Override
  public String toString() {
    return job + " " + uri;
  }
}
