package io.oriel.simulate.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Passes on what happens to all who watch. */
final class Watchers {
  private final List<Watcher> all = new ArrayList<>();

  void add(Watcher watcher) {
    all.add(watcher);
  }

  void tell(Consumer<Watcher> what) {
    for (int i = 0; i < all.size(); i++) what.accept(all.get(i));
  }
}
