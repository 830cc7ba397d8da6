package io.oriel.promql.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.oriel.model.testing.SharedData;
import io.oriel.promql.PrintedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Prometheus' own test files: every case passes. {@code -Doriel.rewrite=true} prints
 * docs/conformance.md anew.
 */
class ConformanceTest {
  @TestFactory
  Stream<DynamicContainer> prometheus_own_cases() throws IOException {
    return files().entrySet().stream()
        .map(file ->
            dynamicContainer(
                file.getKey(),
                file.getValue().stream().map(outcome -> test(file.getKey(), outcome))));
  }

  private static DynamicTest test(String file, Outcome outcome) {
    return dynamicTest(
        file + ":" + outcome.line(),
        () -> assertThat(outcome.reason()).as(outcome.query()).isEmpty());
  }

  @Test
  void the_page_of_conformance_is_true() throws IOException {
    Map<String, List<Outcome>> files = files();
    PrintedPage.check("conformance.md", page(files));
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
        .append(
            "Printed by a test; see ConformanceTest. A case is an `eval` of a test file; each instant query among them is asked")
        .append(" again as a range query and with `@`. Everything experimental is switched on.\n")
        .append(
            "The files are those of Prometheus' `promql/promqltest/testdata`, commit d15adb9 of its main branch (August 2026).\n")
        .append("Any such file can be run by hand: `./oriel promqltest FILE...`.\n\n")
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
    page.append("## Unmet cases\n\n");
    if (passed == cases) page.append("None.\n");
    files.forEach((file, outcomes) -> appendUnmet(page, file, outcomes));
    return page.toString();
  }

  private static void appendUnmet(StringBuilder page, String file, List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      if (outcome.passed()) continue;
      page.append(
          "- %s:%d: `%s`: %s\n".formatted(file, outcome.line(), outcome.query(), outcome.reason()));
    }
  }
}
