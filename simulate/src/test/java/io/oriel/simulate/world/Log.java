package io.oriel.simulate.world;

import java.util.ArrayList;
import java.util.List;

/** Keeps every request and run that a world tells of. */
final class Log implements Watcher {
  final List<SimRequest> created = new ArrayList<>();
  final List<SimRequest> ended = new ArrayList<>();
  final List<Run> runs = new ArrayList<>();

  static Log of(World world) {
    var log = new Log();
    world.watch(log);
    return log;
  }

  @Override
  public void created(SimRequest request) {
    created.add(request);
  }

  @Override
  public void ended(SimRequest request) {
    ended.add(request);
  }

  @Override
  public void runEnded(Run run) {
    runs.add(run);
  }

  long failed() {
    return ended.stream().filter(each -> each.failure() != null).count();
  }
}
