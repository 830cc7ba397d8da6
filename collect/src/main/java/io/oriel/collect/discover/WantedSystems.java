package io.oriel.collect.discover;

import java.util.List;

/**
 * The systems that a person asked for.
 *
 * @param named each with its address
 * @param lists that others keep, and that are followed
 */
public record WantedSystems(List<FoundSystem> named, List<SystemList> lists) {
  public static final WantedSystems NONE = new WantedSystems(List.of(), List.of());

  public WantedSystems {
    named = List.copyOf(named);
    lists = List.copyOf(lists);
  }
}
