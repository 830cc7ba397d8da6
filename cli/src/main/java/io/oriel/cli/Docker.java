package io.oriel.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code oriel docker}: what can be said of a machine's containers. */
@Command(
    name = "docker",
    description = "Looks at the containers of Docker or Podman.",
    subcommands = {DockerDoctor.class},
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    footer = {"", "How it is used: oriel docker doctor --help. More: docs/collectors/container.md"})
final class Docker implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Without a verb, the help is what was meant. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
