package io.oriel.wire.relabel;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.limit.Limits;
import io.oriel.model.testing.SharedData;
import io.oriel.wire.yaml.Problems;
import io.oriel.wire.yaml.YamlFile;
import io.oriel.wire.yaml.YamlMap;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded answer of Prometheus' relabelling, one test a case. */
class RelabelConformanceTest {
  /** Cases that are decided otherwise, and why. */
  private static final Map<String, String> OTHERWISE =
      Map.of("rel107", "a label with an empty name is not made");

  record Case(YamlMap yaml) {
    @Override
    public String toString() {
      return yaml.required("id") + " " + yaml.required("title");
    }
  }

  static Stream<Case> cases() throws IOException {
    return Files.readAllLines(SharedData.conformance("relabel/cases.jsonl")).stream()
        .map(line -> YamlFile.parse(line, "cases.jsonl", Limits.NORMAL, new Problems()))
        .map(Case::new);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void answers_as_prometheus_does(Case given) {
    assertThat(given.yaml.problems().toString()).isEmpty();
    var problems = new Problems();
    boolean legacy = given.yaml.required("name_validation").equals("legacy");
    var rules =
        Relabeling.read(
            YamlFile.parseList(given.yaml.required("config"), "rules", Limits.NORMAL, problems),
            legacy ? NameScheme.LEGACY : NameScheme.UTF8);

    String actual = problems.isEmpty() ? outcome(rules, given) : "config error";

    String otherwise = OTHERWISE.get(given.yaml.required("id"));
    if (otherwise == null) assertThat(actual).isEqualTo(expected(given));
    else assertThat(actual).isNotEqualTo(expected(given));
    String error = given.yaml.text("error").orElse("");
    if (isOfTheRules(error)) assertThat(problems.toString()).contains(error);
    if (otherwise != null) Assumptions.abort(otherwise);
  }

  private static String outcome(Relabeling rules, Case given) {
    var before = Labels.of(given.yaml.textMap("labels"));
    return rules.apply(before).map(after -> "keep " + after.toMap()).orElse("drop");
  }

  private static String expected(Case given) {
    String verdict = given.yaml.required("verdict");
    return verdict.equals("keep") ? "keep " + new TreeMap<>(given.yaml.textMap("result")) : verdict;
  }

  /** The texts of the YAML and regex libraries need not be the same. */
  private static boolean isOfTheRules(String error) {
    return (error.contains("action") && !error.startsWith("unknown")) || error.contains("hashmod");
  }
}
