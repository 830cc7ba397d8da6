package io.oriel.wire.relabel;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.limit.Limits;
import io.oriel.wire.yaml.Problems;
import io.oriel.wire.yaml.YamlFile;
import java.time.Duration;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class RelabelingTest {
  private final Problems problems = new Problems();

  private Relabeling rules(String yaml) {
    return Relabeling.read(
        YamlFile.parseList(yaml, "p.yml", Limits.NORMAL, problems), NameScheme.UTF8);
  }

  @Test
  void no_rules_give_back_the_same_labels() {
    var labels = Labels.of("a", "b");

    assertThat(rules("[]").apply(labels)).containsSame(labels);
  }

  @Test
  void what_drops_is_named() {
    var rules =
        rules(
            "- {target_label: x, replacement: y}\n- {action: drop, source_labels: [x, a], regex: y;.+}");

    var by = rules.droppedBy(new TreeMap<>(Labels.of("a", "1").toMap()));

    assertThat(by).hasValue("rule 2: drop x;a =~ \"y;.+\"");
  }

  @Test
  void an_action_that_there_is_not_is_told_once() {
    rules("- {action: foo, regex: x}");

    assertThat(problems.list()).hasSize(1);
    assertThat(problems.toString()).startsWith("p.yml:1:12: [0].action is 'foo'; write one of:");
  }

  @Test
  void a_wrong_rule_is_told_with_its_place() {
    rules("- action: keep\n  regexp: a\n- action: hashmod\n  target_label: x\n");

    assertThat(problems.toString())
        .isEqualTo(
            """
            p.yml:2:3: there is no key regexp in [0]; did you mean regex? Otherwise remove it
            p.yml:3:3: relabel configuration for hashmod requires non-zero modulus; add 'modulus: 8' or another number of shards\
            """);
  }

  @Test
  void rules_that_were_read_again_are_equal_until_one_changes() {
    var rules = rules("- {action: keep, source_labels: [a], regex: x}");

    assertThat(rules).isEqualTo(rules("- {regex: x, action: keep, source_labels: [a]}"));
    assertThat(rules).isNotEqualTo(rules("- {regex: y, action: keep, source_labels: [a]}"));
  }

  @Test
  void a_hostile_expression_takes_no_longer_than_its_text() {
    var rules = rules("- {action: drop, source_labels: [a], regex: '(a+)+b'}");
    var labels = Labels.of("a", "a".repeat(20_000));

    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertThat(rules.apply(labels)).isPresent());
  }
}
