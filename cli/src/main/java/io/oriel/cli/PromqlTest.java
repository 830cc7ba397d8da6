package io.oriel.cli;

import io.oriel.model.limit.Refusal;
import io.oriel.promql.script.Outcome;
import io.oriel.promql.script.Script;
import io.oriel.promql.script.ScriptRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code oriel promqltest}: each case that fails is a line, the counts are the last one. */
@Command(
    name = "promqltest",
    description = {
      "Runs test files of PromQL: Prometheus' .test language.",
      "",
      "Each file gets an empty store in memory and an engine with everything experimental switched on."
          + " A case that fails, and a command that can't be read, is told as FILE:LINE with the reason."
          + " The last line says how many passed, failed and were skipped."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 all passed, 1 some failed or a file can't be read, 2 wrong usage."
    })
final class PromqlTest implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Test files.")
  private List<Path> files;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    int passed = 0;
    int failed = 0;
    for (Path file : files) {
      for (Outcome outcome : ScriptRunner.run(Script.parse(text(file)))) {
        if (outcome.passed()) passed++;
        else failed++;
        if (!outcome.passed()) out.println(told(file, outcome));
      }
    }
    out.println("%d passed, %d failed, 0 skipped".formatted(passed, failed));
    return failed == 0 ? Main.DONE : Main.FAILED;
  }

  private static String told(Path file, Outcome outcome) {
    return "%s:%d: %s: %s".formatted(file, outcome.line(), outcome.query(), outcome.reason());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new Refusal.CannotStart("there is no file " + file, "name test files that exist");
    } catch (CharacterCodingException e) {
      throw new Refusal.CannotStart(file + " is no UTF-8 text", "name a test file");
    } catch (IOException e) {
      throw new Refusal.CannotStart(
          file + " can't be read (" + e.getMessage() + ")", "name files that can be read");
    }
  }
}
