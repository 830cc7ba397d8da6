package io.oriel.scrape.config;

/** What one scrape of a job may hold; 0 = no limit of its own. Over one of them it fails whole. */
public record SampleLimits(
    long bodyBytes, long samples, long labels, long labelNameLength, long labelValueLength) {
  public static final SampleLimits NONE = new SampleLimits(0, 0, 0, 0, 0);
}
