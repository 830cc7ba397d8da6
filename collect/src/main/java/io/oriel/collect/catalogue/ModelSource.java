package io.oriel.collect.catalogue;

import java.util.List;

/** Something that knows models: a server, a gateway, a folder of files. */
public interface ModelSource {
  /** Knows none. */
  ModelSource NONE = List::of;

  /**
   * What it knows as of its last good look; an immutable list, the same object until the next look.
   * Asked by any thread, for every answer: it hands over what it has, and asks nobody.
   */
  List<ModelSighting> models();
}
