package io.oriel.cli;

import io.oriel.wire.yaml.Nearest;
import java.util.Collection;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in one sentence, with what was probably meant. */
final class Usage {
  private Usage() {}

  static String sentence(ParameterException wrong) {
    if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
      return String.valueOf(wrong.getMessage()).lines().findFirst().orElse("wrong usage");
    }
    CommandLine line = wrong.getCommandLine();
    String word = unmatched.getUnmatched().getFirst();
    boolean option = word.startsWith("-");
    Collection<String> known =
        option ? line.getCommandSpec().optionsMap().keySet() : line.getSubcommands().keySet();
    String name = option ? word.replaceFirst("=.*", "") : word;
    String what = option ? "option " : known.isEmpty() ? "use for " : "verb ";
    return "there is no %s%s%s"
        .formatted(
            what, name, Nearest.to(name, known).map(m -> "; did you mean " + m + "?").orElse(""));
  }
}
