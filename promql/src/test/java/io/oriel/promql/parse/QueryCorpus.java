package io.oriel.promql.parse;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.oriel.model.testing.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every query of the conformance files, and changes of them at random. */
public record QueryCorpus(List<String> queries) {
  private static final int MOST_LENGTH = 200_000;
  private static final String CHARACTERS =
      "()[]{}\"'`,:@+-*/%^=<>!~#.\\ \n0159msh\u0445\u00f6\uD83D\uDE00\u0000\uD800";
  private static final Pattern EVAL =
      Pattern.compile(
          "eval(?:_\\w+)?\\s+(?:instant at \\S+|range from \\S+ to \\S+ step \\S+)\\s+(.*)");

  /** Reads the texts, their printed forms' sources and the queries of the {@code .test} files. */
  public static QueryCorpus read() {
    var queries = new ArrayList<String>();
    Path errors = SharedData.conformance("promql/errors.jsonl");
    try (Stream<Path> files = Files.list(errors.toAbsolutePath().getParent())) {
      addExpressions(errors, queries);
      addExpressions(SharedData.conformance("promql/format.jsonl"), queries);
      for (Path file : files.filter(each -> each.toString().endsWith(".test")).sorted().toList()) {
        Files.readAllLines(file).stream()
            .map(EVAL::matcher)
            .filter(Matcher::matches)
            .forEach(found -> queries.add(found.group(1)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new QueryCorpus(List.copyOf(queries));
  }

  private static void addExpressions(Path file, List<String> into) throws IOException {
    var json = new ObjectMapper();
    for (String line : Files.readAllLines(file)) into.add(json.readTree(line).get("expr").asText());
  }

  /** One of the queries with some changes. */
  public String changed(Random random) {
    var text = new StringBuilder(any(random));
    for (int n = 1 + random.nextInt(5); n > 0; n--) change(text, random);
    if (text.length() > MOST_LENGTH) text.setLength(MOST_LENGTH);
    return text.toString();
  }

  public String any(Random random) {
    return queries.get(random.nextInt(queries.size()));
  }

  private void change(StringBuilder text, Random random) {
    int at = text.isEmpty() ? 0 : random.nextInt(text.length());
    int to = Math.min(text.length(), at + 1 + random.nextInt(12));
    switch (random.nextInt(8)) {
      case 0 -> text.delete(at, to);
      case 1 -> text.insert(at, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
      case 2 -> text.insert(at, text.substring(at, to));
      case 3 -> text.insert(at, text.substring(at, to).repeat(random.nextInt(2_000)));
      case 4 -> text.setLength(at);
      case 5 -> text.insert(at, any(random));
      case 6 -> text.insert(0, "(").append(") + ").append(any(random));
      default -> {
        if (at < text.length()) text.setCharAt(at, (char) random.nextInt(65_536));
      }
    }
  }
}
