package io.oriel.scrape.loop;

/** The page breaks a limit of its job, so the whole scrape fails. */
final class PageRefused extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final String remedy;

  PageRefused(String happened, String remedy) {
    super(happened, null, false, false); // about a page, not about our code
    this.remedy = remedy;
  }

  String remedy() {
    return remedy;
  }
}
