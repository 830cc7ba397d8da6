package io.oriel.server;

import io.oriel.collect.Collecting;
import io.oriel.model.backend.TargetStatus;
import io.oriel.scrape.Scraping;
import io.oriel.server.http.Targets;
import java.util.ArrayList;
import java.util.List;

/** What is watched: the collectors of this machine and the scrape targets, in one list. */
final class Watching implements Targets {
  private volatile List<Collecting> collecting = List.of();
  private volatile List<Scraping> scraping = List.of();

  /** From now on these collectors run. */
  void collecting(Collecting running) {
    collecting = List.of(running);
  }

  /** From now on these targets are scraped. */
  void scraping(Scraping running) {
    scraping = List.of(running);
  }

  /** Names of the collectors that run. */
  List<String> collectors() {
    return collecting.stream()
        .flatMap(running -> running.statuses().stream())
        .map(TargetStatus::name)
        .toList();
  }

  @Override
  public List<TargetStatus> all() {
    var scraped = new ArrayList<TargetStatus>();
    scraping.forEach(running -> scraped.addAll(running.targets()));
    var all = new ArrayList<TargetStatus>();
    var twice = new ReadTwice(scraped);
    for (Collecting running : collecting)
      running.statuses().forEach(each -> all.add(twice.say(each)));
    all.addAll(scraped);
    return all;
  }

  @Override
  public List<Dropped> dropped() {
    return scraping.stream()
        .flatMap(running -> running.dropped().stream())
        .map(target -> new Dropped(target.job(), target.discovered(), target.reason()))
        .toList();
  }
}
