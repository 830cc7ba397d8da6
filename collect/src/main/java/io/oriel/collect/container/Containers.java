package io.oriel.collect.container;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The containers of this machine as the last round found them. Thread-safe, never slow. */
public interface Containers {
  /** Nobody looked yet, or there is nothing to look at. */
  Containers NONE = List::of;

  /** All of them, also those that don't run; an immutable list, the same until the next round. */
  List<Container> list();

  /**
   * Null where the last round knew no such container.
   *
   * @param id whole, as the runtime gives it
   */
  default @Nullable Container byId(String id) {
    for (Container each : list()) {
      if (each.id().equals(id)) return each;
    }
    return null;
  }
}
