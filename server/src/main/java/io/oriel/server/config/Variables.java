package io.oriel.server.config;

import io.oriel.wire.yaml.Place;
import io.oriel.wire.yaml.Problems;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills in {@code ${NAME}} from the environment, before the text is read as YAML. {@code $$} is a
 * dollar sign. A variable that is not set is a problem, not an empty text.
 */
final class Variables {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:\\$|\\{([A-Za-z_][A-Za-z0-9_]*)})");

  private final String file;
  private final Function<String, @Nullable String> environment;
  private final Problems problems;

  Variables(String file, Function<String, @Nullable String> environment, Problems problems) {
    this.file = file;
    this.environment = environment;
    this.problems = problems;
  }

  String fillIn(String text) {
    return VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(text, found)));
  }

  private String value(String text, MatchResult found) {
    String name = found.group(1);
    if (name == null) return "$";
    if (inComment(text, found.start())) return found.group();
    String value = environment.apply(name);
    if (value == null) {
      problem(
          text, found, "the variable %s is not set".formatted(name), "set it before Oriel starts");
      return "";
    }
    if (value.chars().anyMatch(c -> c < ' ')) {
      problem(
          text,
          found,
          "the variable %s has a line break in it".formatted(name),
          "give the value in one line");
      return "";
    }
    return value;
  }

  private static boolean inComment(String text, int at) {
    int line = text.lastIndexOf('\n', at) + 1;
    int hash = text.indexOf('#', line);
    return hash >= 0
        && hash < at
        && (hash == line || Character.isWhitespace(text.charAt(hash - 1)));
  }

  private void problem(String text, MatchResult found, String happened, String remedy) {
    int line = 1 + (int) text.substring(0, found.start()).chars().filter(c -> c == '\n').count();
    int column = found.start() - text.lastIndexOf('\n', found.start());
    problems.add(new Place(file, line, column), happened, remedy);
  }
}
