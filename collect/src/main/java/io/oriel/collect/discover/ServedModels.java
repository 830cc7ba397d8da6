package io.oriel.collect.discover;

import io.oriel.collect.container.Container;
import io.oriel.collect.container.Containers;
import io.oriel.collect.container.ProcessOwner;
import io.oriel.collect.gpu.ServedModel;
import org.jspecify.annotations.Nullable;

/**
 * Which model a process serves, by the command line of its container: under the name that callers
 * use where one is given, else by what is loaded.
 */
public record ServedModels(Containers containers) implements ServedModel {
  @Override
  public String of(long pid, ProcessOwner.@Nullable Owner owner) {
    Container container = owner == null ? null : containers.byId(owner.id());
    if (container == null) return "";
    for (String option :
        new String[] {"--served-model-name", "--alias", "--model", "--model-path"}) {
      String given = container.option(option);
      if (given != null) return given;
    }
    int serve = container.command().indexOf("serve"); // vllm serve MODEL
    boolean isNamed = serve >= 0 && serve + 1 < container.command().size();
    return isNamed ? container.command().get(serve + 1) : "";
  }
}
