package io.oriel.wire.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class YamlMapTest {
  private enum Sync {
    INTERVAL,
    ALWAYS_NOW
  }

  private final Problems problems = new Problems();

  private YamlMap yaml(String text) {
    return YamlFile.parse(text, "oriel.yaml", Limits.NORMAL, problems);
  }

  @Test
  void each_kind_of_value_is_read_as_its_type() {
    var yaml =
        yaml(
            """
            name: 42
            count: 1_000
            ratio: 0.5
            on: yes
            wait: 1h30m
            size: 64MB
            folder: data/a
            sync: always-now
            list: [a, 1, true]
            labels: {env: prod, zone: 7}
            """);

    assertThat(yaml.text("name")).hasValue("42");
    assertThat(yaml.integer("count")).hasValue(1000L);
    assertThat(yaml.number("ratio")).hasValue(0.5);
    assertThat(yaml.bool("on")).hasValue(true);
    assertThat(yaml.duration("wait")).hasValue(Duration.ofMinutes(90));
    assertThat(yaml.bytes("size")).hasValue(64L << 20);
    assertThat(yaml.path("folder")).hasValue(Path.of("data/a"));
    assertThat(yaml.oneOf("sync", Sync.class)).hasValue(Sync.ALWAYS_NOW);
    assertThat(yaml.texts("list")).containsExactly("a", "1", "true");
    assertThat(yaml.textMap("labels")).containsEntry("env", "prod").containsEntry("zone", "7");
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void a_missing_value_and_a_null_are_empty_without_a_problem() {
    var yaml = yaml("a:\nb: ~\n");

    assertThat(yaml.text("a")).isEmpty();
    assertThat(yaml.duration("b")).isEmpty();
    assertThat(yaml.maps("c")).isEmpty();
    assertThat(yaml.section("d").text("e")).isEmpty();
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void every_wrong_value_is_told_at_once_with_place_and_remedy() {
    var yaml =
        yaml(
            """
            storage:
              retention: soon
              sync: sometimes
              size: 5 apples
              folder: [a]
            """);

    var storage = yaml.section("storage");
    storage.duration("retention");
    storage.oneOf("sync", Sync.class);
    storage.bytes("size");
    storage.path("folder");

    assertThat(problems.toString())
        .isEqualTo(
            """
            oriel.yaml:2:14: storage.retention is 'soon', which is not a duration; write it like 30s, 5m or 15d
            oriel.yaml:3:9: storage.sync is 'sometimes'; write one of: interval, always_now
            oriel.yaml:4:9: storage.size is '5 apples', which is not a number of bytes; write it like 64MB or 1GiB
            oriel.yaml:5:11: storage.folder is a list, not a text; write one value behind the colon\
            """);
  }

  @Test
  void the_place_of_a_value_is_where_it_stands() {
    var yaml = yaml("a:\n  b: 1\n  c:\n");

    assertThat(yaml.at("a")).hasToString("oriel.yaml:2:3");
    assertThat(yaml.section("a").at("b")).hasToString("oriel.yaml:2:6");
    assertThat(yaml.section("a").at("c")).hasToString("oriel.yaml:3:3");
    assertThat(yaml.section("a").at("missing")).hasToString("oriel.yaml:2:3");
  }

  @Test
  void a_misspelt_key_is_refused_with_the_one_that_was_meant() {
    var yaml = yaml("server:\n  prot: 1\n  colour: red\n").section("server");
    yaml.integer("port");
    yaml.text("listen");

    yaml.refuseUnknownKeys(problems);

    assertThat(problems.toString())
        .isEqualTo(
            """
            oriel.yaml:2:3: there is no key prot in server; did you mean port? Otherwise remove it
            oriel.yaml:3:3: there is no key colour in server; remove it; known here: port, listen\
            """);
  }

  @Test
  void a_number_outside_its_bounds_is_told_with_the_bounds() {
    var port = yaml("port: 70000").integer("port", 1, 65_535);

    assertThat(port).isEmpty();
    assertThat(problems.toString())
        .isEqualTo("oriel.yaml:1:7: port is 70000; write a number from 1 to 65535");
  }

  @Test
  void a_required_text_that_is_missing_or_empty_is_told() {
    var yaml = yaml("a: ''\nb: x\n");

    assertThat(yaml.required("b")).isEqualTo("x");
    assertThat(yaml.required("a")).isEmpty();
    assertThat(yaml.required("c")).isEmpty();

    assertThat(problems.toString())
        .isEqualTo(
            """
            oriel.yaml:1:1: c is missing; add 'c: ...'
            oriel.yaml:1:4: a is missing; add 'a: ...'\
            """);
  }

  @Test
  void keys_of_another_mapping_are_taken_over_by_merge_and_own_ones_win() {
    var yaml =
        yaml(
            """
            base: &base {interval: 15s, path: /metrics}
            own:
              <<: *base
              path: /probe
            """);

    var own = yaml.section("own");

    assertThat(own.text("path")).hasValue("/probe");
    assertThat(own.duration("interval")).hasValue(Duration.ofSeconds(15));
    own.refuseUnknownKeys(problems);
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void problems_become_one_refusal_with_a_line_each() {
    yaml("a: [1]\nb: {c: 1}\n").text("a");
    yaml("a: [1]\nb: {c: 1}\n").text("b"); // another file may be read into the same problems

    assertThatThrownBy(problems::throwIfAny)
        .isInstanceOf(Refusal.CannotStart.class)
        .hasMessage(
            """
            oriel.yaml:1:4: a is a list, not a text; write one value behind the colon
            oriel.yaml:2:4: b is a mapping, not a text; write one value behind the colon\
            """);
  }
}
