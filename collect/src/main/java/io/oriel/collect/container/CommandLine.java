package io.oriel.collect.container;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words that a process or a container was started with. */
public record CommandLine(List<String> words) {
  private static final int MOST_WORDS = 200;

  public CommandLine {
    words = List.copyOf(words.subList(0, Math.min(words.size(), MOST_WORDS)));
  }

  /** Program and arguments with blanks between; the program without its folder. */
  public String text() {
    if (words.isEmpty()) return "";
    String program = words.getFirst();
    String name = program.substring(program.lastIndexOf('/') + 1);
    return name + " " + String.join(" ", words.subList(1, words.size()));
  }

  /**
   * The value of an option, written {@code --name value} or {@code --name=value}; null where it is
   * not given.
   */
  public @Nullable String option(String name) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals(name)) return i + 1 < words.size() ? words.get(i + 1) : null;
      if (word.startsWith(name) && word.startsWith("=", name.length())) {
        return word.substring(name.length() + 1);
      }
    }
    return null;
  }

  /**
   * The port of {@code --port}.
   *
   * @return the other one where none is given, or no port
   */
  public int port(int otherwise) {
    String given = option("--port");
    return given == null ? otherwise : number(given, otherwise);
  }

  private static int number(String text, int otherwise) {
    try {
      int port = Integer.parseInt(text);
      return port > 0 && port < 65_536 ? port : otherwise;
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
