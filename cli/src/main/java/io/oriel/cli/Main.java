package io.oriel.cli;

import io.oriel.model.limit.Refusal;
import io.oriel.server.Version;
import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;

/**
 * The {@code oriel} command: verbs, and how they end. 0: done; 1: it could not start or go on, said
 * in one sentence; 2: wrong usage, said with what comes nearest. A stack trace is never shown.
 */
@Command(
    name = "oriel",
    description = "One window onto the servers that run your AI.",
    subcommands = {
      Up.class,
      AgentVerb.class,
      Tsdb.class,
      PromqlTest.class,
      Docker.class,
      Simulate.class,
      VersionVerb.class,
      HelpCommand.class,
      Train.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    footer = {
      "",
      "./oriel jdk says which JDK is used, build only builds, dist makes what other machines get. The pages are at http://127.0.0.1:23000 once it runs.",
      "Exit codes: 0 done, 1 could not start or go on, 2 wrong usage."
    })
public final class Main implements Runnable {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;

  public static void main(String[] arguments) {
    System.exit(run(writer(System.out), writer(System.err), arguments));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  /** Runs a verb and gives its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    var line = new CommandLine(new Main());
    line.setOut(out);
    line.setErr(err);
    line.getCommandSpec().version("oriel " + Version.current());
    line.setParameterExceptionHandler(Main::wrongUsage);
    line.setExecutionExceptionHandler(Main::failed);
    return line.execute(arguments);
  }

  /** Without a verb, the help is what was meant. */
  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  private static int wrongUsage(ParameterException wrong, String[] arguments) {
    CommandLine line = wrong.getCommandLine();
    PrintWriter err = line.getErr();
    err.println("oriel: " + Usage.sentence(wrong));
    err.println("Try: " + help(line));
    return WRONG_USAGE;
  }

  /** The command that tells how it is used; {@code oriel help} knows verbs, not verbs of verbs. */
  private static String help(CommandLine line) {
    if (line.getParent() == null) return "oriel help";
    boolean isVerb = line.getParent().getParent() == null;
    return isVerb
        ? "oriel help " + line.getCommandName()
        : line.getCommandSpec().qualifiedName() + " --help";
  }

  private static int failed(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
    if (failure instanceof Refusal) {
      line.getErr().println("oriel: " + failure.getMessage());
    } else {
      line.getErr()
          .println(
              "oriel: it failed ("
                  + failure
                  + "); this is a defect of Oriel: please tell with what you did");
    }
    return FAILED;
  }
}
