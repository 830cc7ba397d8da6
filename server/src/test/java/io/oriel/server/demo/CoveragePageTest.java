package io.oriel.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.server.alias.AliasTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page that says of every metric of known dashboards how a demo has it. */
@Timeout(120)
class CoveragePageTest {
  private static final String REASONS = "/demo/coverage.tsv";
  private static final String NOBODY_KNOWS = "no page of facts and no capture knows it";

  @TempDir Path folder;
  private final Map<String, String> reasons =
      new LinkedHashMap<>(); // by name, or its beginning and *
  private final List<String> unexplained = new ArrayList<>();

  @Test
  void every_metric_of_known_dashboards_is_told_or_answered_or_there_is_a_reason()
      throws Exception {
    readReasons();

    String printed = print(Wanted.all(), Told.names(folder), AliasTable.shipped());

    assertThat(unexplained)
        .as("known to a page or a capture, and neither told nor explained")
        .isEmpty();
    Path page = Path.of(System.getProperty("oriel.root"), "docs", "metrics-coverage.md");
    if (Boolean.getBoolean("oriel.rewrite")) Files.writeString(page, printed);
    assertThat(page)
        .as("what a demo has changed; print the page anew with -Doriel.rewrite=true")
        .hasContent(printed);
  }

  private void readReasons() throws IOException {
    try (InputStream file = CoveragePageTest.class.getResourceAsStream(REASONS)) {
      String text =
          new String(Objects.requireNonNull(file, REASONS).readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\t", 2))
          .forEach(row -> reasons.put(row[0], row[1]));
    }
  }

  private @Nullable String reason(String name) {
    for (Map.Entry<String, String> each : reasons.entrySet()) {
      String key = each.getKey();
      boolean fits =
          key.endsWith("*")
              ? name.startsWith(key.substring(0, key.length() - 1))
              : key.equals(name);
      if (fits) return each.getValue();
    }
    return null;
  }

  private String print(Set<String> wanted, Map<String, Set<String>> told, AliasTable aliases)
      throws IOException {
    var page = new StringBuilder(HEAD);
    var rest = new TreeSet<>(wanted);
    var details = new StringBuilder();
    for (Wanted.Of system : Wanted.SYSTEMS) {
      var names = new TreeSet<>(wanted);
      names.removeIf(name -> !system.owns(name));
      rest.removeAll(names);
      section(system, names, told, aliases, page, details);
    }
    var shared = new TreeSet<>(rest);
    shared.retainAll(told.keySet());
    rest.removeAll(shared);
    page.append(
        "| names that several systems share | %d | %d | | | |\n"
            .formatted(shared.size(), shared.size()));
    details.append("\n## Names that several systems share\n");
    told(shared, told, details);
    return page.append(details).append(foreign(rest)).toString();
  }

  private void section(
      Wanted.Of system,
      Set<String> names,
      Map<String, Set<String>> told,
      AliasTable aliases,
      StringBuilder page,
      StringBuilder details)
      throws IOException {
    Set<String> words = Wanted.words(system);
    var there = new TreeSet<String>();
    var alias = new TreeMap<String, String>();
    var not = new TreeMap<String, Set<String>>(); // by reason
    int unknown = 0;
    for (String name : names) {
      if (told.containsKey(name)) {
        there.add(name);
        continue;
      }
      var other = aliases.otherNames(name).stream().filter(told::containsKey).findFirst();
      if (other.isPresent()) {
        alias.put(name, other.get());
        continue;
      }
      String why = reason(name);
      boolean isKnown = Wanted.knows(words, name);
      if (why == null && isKnown) unexplained.add(name);
      if (why == null && !isKnown) unknown++;
      String told2 = why != null ? why : isKnown ? "unexplained" : NOBODY_KNOWS;
      not.computeIfAbsent(told2, _ -> new TreeSet<>()).add(name);
    }
    int explained = names.size() - there.size() - alias.size() - unknown;
    page.append(
        "| %s | %d | %d | %d | %d | %d |\n"
            .formatted(
                system.title(), names.size(), there.size(), alias.size(), explained, unknown));
    details.append("\n## ").append(system.title()).append('\n');
    told(there, told, details);
    if (!alias.isEmpty()) {
      details.append("\nAnswered by an alias: ");
      details.append(
          alias.entrySet().stream()
              .map(each -> "`%s` (`%s`)".formatted(each.getKey(), each.getValue()))
              .collect(Collectors.joining(", ")));
      details.append(".\n");
    }
    not.forEach((why, which) ->
        details.append("\nNot told, ").append(why).append(": ").append(list(which)).append(".\n"));
  }

  /** By those who tell them. */
  private static void told(
      Set<String> names, Map<String, Set<String>> told, StringBuilder details) {
    var byJobs = new TreeMap<String, Set<String>>();
    for (String name : names) {
      String jobs = String.join(", ", Objects.requireNonNull(told.get(name)));
      byJobs.computeIfAbsent(jobs, _ -> new TreeSet<>()).add(name);
    }
    byJobs.forEach((jobs, which) ->
        details.append("\nTold by %s: ".formatted(jobs)).append(list(which)).append(".\n"));
  }

  private static String list(Set<String> names) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }

  /** Of systems that Oriel does not collect: how many, by how their names begin. */
  private static String foreign(Set<String> names) {
    var byBeginning = new TreeMap<String, Integer>();
    for (String name : names) {
      String beginning = name.split("[_:]", 2)[0];
      byBeginning.merge(beginning, 1, Integer::sum);
    }
    int few = byBeginning.values().stream().filter(count -> count < 3).mapToInt(i -> i).sum();
    String many =
        byBeginning.entrySet().stream()
            .filter(each -> each.getValue() >= 3)
            .map(each -> "`%s` %d".formatted(each.getKey(), each.getValue()))
            .collect(Collectors.joining(", "));
    return """

    ## Of systems that Oriel does not collect
    %d names, by how they begin: %s; and %d others. They are there where a Prometheus target or a push brings them.
    """
        .formatted(names.size(), many, few);
  }

  private static final String HEAD =
      """
      # Metrics of known dashboards, and how a demo has them

      Printed by `CoveragePageTest` from the metrics that public dashboards ask for: the normal collectors read the simulated fleet for ten hours of its past, and what they told is held
      against that list. "Told" is there under that very name; "by alias" was renamed, and is answered from another name that is told; "not told" is known and missing for the
      reason below; "unknown" is asked for by a dashboard, and known to no page of facts and no capture of the system. Of the machine it is listed what its collector can tell: which of it is there differs from machine to machine.

      | system | asked for | told | by alias | not told | unknown |
      |---|---|---|---|---|---|
      """;
}
