package io.oriel.collect.discover;

import java.util.List;

/** The words that a server was started with. */
record CommandLine(List<String> words) {
  private static final int MOST_WORDS = 200;

  CommandLine {
    words = List.copyOf(words.subList(0, Math.min(words.size(), MOST_WORDS)));
  }

  /** Program and arguments with blanks between; the program without its folder. */
  String text() {
    if (words.isEmpty()) return "";
    String program = words.getFirst();
    String name = program.substring(program.lastIndexOf('/') + 1);
    return name + " " + String.join(" ", words.subList(1, words.size()));
  }

  /**
   * The port of {@code --port 8000} or {@code --port=8000}.
   *
   * @return the other one where none is given, or no port
   */
  int port(int otherwise) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.startsWith("--port=")) return number(word.substring(7), otherwise);
      if (word.equals("--port") && i + 1 < words.size()) return number(words.get(i + 1), otherwise);
    }
    return otherwise;
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
