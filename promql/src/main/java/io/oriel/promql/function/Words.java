package io.oriel.promql.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.oriel.promql.expr.Function;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a call of each function says in plain English, and an example of it: the file {@code
 * words.txt} beside this class, a line a function. It is a file so that people who don't read Java
 * can mend a sentence; the rows carry it from here on.
 */
record Words(Map<String, Line> lines) {

  record Line(String name, String phrase, String example) {
    static Line of(String text) {
      String[] parts = text.split(" \\| ", 3); // an example may hold the sign: {job=~"a|b"}
      if (parts.length < 3) throw new IllegalStateException("words.txt has half a line: " + text);
      return new Line(parts[0].strip(), parts[1].strip(), parts[2].strip());
    }
  }

  static Words read() {
    var file = Objects.requireNonNull(Words.class.getResourceAsStream("words.txt"), "words.txt");
    try (var reader = new BufferedReader(new InputStreamReader(file, UTF_8))) {
      return new Words(
          reader
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(Line::of)
              .collect(Collectors.toUnmodifiableMap(Line::name, line -> line)));
    } catch (IOException e) {
      throw new UncheckedIOException("the words of the functions can't be read", e);
    }
  }

  /** The rows with their words; a row without a line keeps none, and a test says so. */
  List<Function> addTo(List<Function> rows) {
    return rows.stream().map(this::addTo).toList();
  }

  private Function addTo(Function row) {
    Line line = lines.get(row.name());
    return line == null ? row : row.said(line.phrase(), line.example());
  }
}
