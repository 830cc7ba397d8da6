package io.oriel.wire.fetch;

/** For whom a page is asked for: remedies speak of what that person can change. */
public enum Asker {
  SCRAPE(
      "its exporter",
      "the exporter's log",
      "the job",
      "check metrics_path (%s)",
      ", or raise scrape_timeout",
      "set enable_compression: false"),
  COLLECTOR(
      "it",
      "its own log",
      "its entry below collectors.systems",
      "is this the right address? It knows no %s",
      "",
      "look at its own log, or at the proxy before it");

  final String peer;
  final String log;
  final String section;
  final String noSuchPath; // with a hole for the path
  final String moreTime;
  final String brokenPacking;

  Asker(
      String peer,
      String log,
      String section,
      String noSuchPath,
      String moreTime,
      String brokenPacking) {
    this.peer = peer;
    this.log = log;
    this.section = section;
    this.noSuchPath = noSuchPath;
    this.moreTime = moreTime;
    this.brokenPacking = brokenPacking;
  }
}
