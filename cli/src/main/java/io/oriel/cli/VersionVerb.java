package io.oriel.cli;

import io.oriel.server.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code oriel version} */
@Command(name = "version", description = "Says which Oriel this is.")
final class VersionVerb implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().getOut().println("oriel " + Version.current());
  }
}
