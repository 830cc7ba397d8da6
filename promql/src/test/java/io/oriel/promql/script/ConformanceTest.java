package io.oriel.promql.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.oriel.model.testing.SharedData;
import io.oriel.promql.PrintedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Prometheus' own test files. A case that is known to be unmet stands in {@code unmet.txt} by name;
 * one that passes must be taken off, so that the list only shrinks. {@code -Doriel.rewrite=true}
 * does that, and prints docs/conformance.md anew.
 */
class ConformanceTest {
  private static final Path UNMET =
      Path.of(System.getProperty("oriel.root"), "promql/src/test/resources/script/unmet.txt");

  @TestFactory
  Stream<DynamicContainer> prometheus_own_cases() throws IOException {
    var unmet = new TreeSet<>(Files.readAllLines(UNMET));
    return files().entrySet().stream()
        .map(file ->
            dynamicContainer(
                file.getKey(),
                file.getValue().stream().map(outcome -> test(file.getKey(), outcome, unmet))));
  }

  private static DynamicTest test(String file, Outcome outcome, Set<String> unmet) {
    String name = file + ":" + outcome.line();
    return dynamicTest(
        name,
        () -> {
          if (unmet.contains(name)) {
            assertThat(outcome.passed())
                .as("%s passes: take it off the list of unmet cases", name)
                .isFalse();
          } else if (!outcome.passed()) {
            fail(name + ": " + outcome.query() + ": " + outcome.reason());
          }
        });
  }

  @Test
  void the_page_of_conformance_is_true() throws IOException {
    Map<String, List<Outcome>> files = files();
    if (PrintedPage.rewrites()) Files.write(UNMET, stillUnmet(files));

    PrintedPage.check("conformance.md", page(files));
  }

  private static List<String> stillUnmet(Map<String, List<Outcome>> files) throws IOException {
    var failing = new TreeSet<String>();
    files.forEach((file, outcomes) ->
        outcomes.stream()
            .filter(outcome -> !outcome.passed())
            .forEach(outcome -> failing.add(file + ":" + outcome.line())));
    return Files.readAllLines(UNMET).stream().filter(failing::contains).toList();
  }

  private static Map<String, List<Outcome>> files() throws IOException {
    var outcomes = new TreeMap<String, List<Outcome>>();
    try (Stream<Path> files = Files.list(SharedData.conformance("promql"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".test")).toList()) {
        Script script = Script.parse(Files.readString(file));
        outcomes.put(file.getFileName().toString(), ScriptRunner.run(script));
      }
    }
    return outcomes;
  }

  private static String page(Map<String, List<Outcome>> files) {
    var page = new StringBuilder();
    page.append("# How PromQL here compares with Prometheus' own tests\n\n")
        .append("Printed by a test; see ConformanceTest. A case is an `eval` of a test file.\n\n")
        .append("| file | cases | passed | unmet |\n|---|---|---|---|\n");
    long cases = 0;
    long passed = 0;
    for (var file : files.entrySet()) {
      long met = file.getValue().stream().filter(Outcome::passed).count();
      int all = file.getValue().size();
      page.append("| %s | %d | %d | %d |\n".formatted(file.getKey(), all, met, all - met));
      cases += all;
      passed += met;
    }
    page.append("| all | %d | %d | %d |\n\n".formatted(cases, passed, cases - passed));
    page.append("## Unmet cases, by what they need\n\n");
    files.forEach((file, outcomes) -> appendUnmet(page, file, outcomes));
    return page.toString();
  }

  private static void appendUnmet(StringBuilder page, String file, List<Outcome> outcomes) {
    Map<String, List<String>> byNeed =
        outcomes.stream()
            .filter(outcome -> !outcome.passed())
            .collect(
                Collectors.groupingBy(
                    outcome -> outcome.needs().isEmpty() ? "a mend" : outcome.needs(),
                    TreeMap::new,
                    Collectors.mapping(o -> file + ":" + o.line(), Collectors.toList())));
    byNeed.forEach((need, names) ->
        page.append("- %s (%d): %s\n".formatted(need, names.size(), String.join(" ", names))));
  }
}
