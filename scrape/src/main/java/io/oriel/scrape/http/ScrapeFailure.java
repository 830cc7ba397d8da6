package io.oriel.scrape.http;

/** Why there is no page: what happened, and what to do about it. */
public final class ScrapeFailure extends Exception {
  private static final long serialVersionUID = 1;
  private final String happened;
  private final String remedy;

  public ScrapeFailure(String happened, String remedy) {
    super(happened + "; " + remedy, null, false, false); // about a target, not about our code
    this.happened = happened;
    this.remedy = remedy;
  }

  /** "gpu1:9445 refused the connection". */
  public String happened() {
    return happened;
  }

  /** "is its exporter running?". */
  public String remedy() {
    return remedy;
  }
}
