package io.oriel.collect.gpu;

import io.oriel.collect.container.ProcessOwner;
import org.jspecify.annotations.Nullable;

/** Tells which model a process serves. */
@FunctionalInterface
public interface ServedModel {
  /** Nobody knows. */
  ServedModel UNKNOWN = (_, _) -> "";

  /**
   * The model by the name under which it is served; empty where nobody knows. Asked for every
   * process in every round: it looks up, it does not ask around.
   *
   * @param owner the container of the process; null when it is in none
   */
  String of(long pid, ProcessOwner.@Nullable Owner owner);
}
