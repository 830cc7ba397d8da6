package io.oriel.wire.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class YamlFileTest {
  private final Problems problems = new Problems();

  private YamlMap yaml(String text) {
    return YamlFile.parse(text, "oriel.yaml", Limits.NORMAL, problems);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%YAML 9.9\n---\na: 1\n", "%YAML 2.0\n---\na: 1\n"})
  void a_version_of_yaml_that_nobody_knows_is_said_with_its_place(String text) {
    YamlFile.parse(text, "f.yml", Limits.NORMAL, problems);

    assertThat(problems.toString())
        .isEqualTo(
            "f.yml:1:1: the line %YAML names a version of YAML that is not 1.x; remove the line, or"
                + " write %YAML 1.2");
  }

  @Test
  void a_syntax_error_is_one_line_with_its_place() {
    var yaml = yaml("a: 1\nb: [1, 2\nc: 3\n");

    assertThat(yaml.keys()).isEmpty();
    assertThat(problems.list()).singleElement().asString().startsWith("oriel.yaml:3:");
    assertThat(problems.toString()).contains("this is not YAML").doesNotContain("\n");
  }

  @Test
  void an_empty_text_is_an_empty_mapping() {
    assertThat(yaml("").keys()).isEmpty();
    assertThat(yaml("# only a comment\n").keys()).isEmpty();
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void a_document_that_is_no_mapping_is_told() {
    yaml("- a\n- b\n");

    assertThat(problems.toString())
        .isEqualTo(
            "oriel.yaml:1:1: the file holds a list, not a mapping; write keys and values: 'key:"
                + " value'");
  }

  @Test
  void a_key_that_stands_twice_is_told_wherever_it_is() {
    yaml("a:\n  b: 1\n  c: 2\n  b: 3\n");

    assertThat(problems.toString())
        .isEqualTo("oriel.yaml:4:3: the key b stands twice, first in line 2; keep one of them");
  }

  @Test
  void aliases_that_multiply_are_refused_before_anybody_follows_them() {
    var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String before = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, (before + ", ").repeat(9) + before));
    }

    var yaml = yaml(bomb.toString());

    assertThat(yaml.keys()).isEmpty();
    assertThat(problems.toString()).contains("over the limit of 2000000 values");
  }

  @Test
  void an_alias_to_what_it_stands_in_is_refused() {
    var yaml = yaml("a: &a\n  b: *a\n");

    assertThat(yaml.keys()).isEmpty();
    assertThat(problems.toString()).contains("an alias refers to what it stands in");
  }

  @Test
  void nesting_is_bounded() {
    var yaml = yaml("a: " + "[".repeat(100_000) + "]".repeat(100_000));

    assertThat(yaml.keys()).isEmpty();
    assertThat(problems.toString()).contains("more than 64 levels of nesting");
  }

  @Test
  void json_with_tabs_and_escapes_is_read_too() {
    var maps =
        YamlFile.parseList(
            "[\n\t{\n\t\t\"targets\": [\"a:1\",\t\"b:2\"],\n\t\t\"labels\": {\"x\":\"\\u00e4\\/\"}\n\t}\n]",
            "targets.json",
            Limits.NORMAL,
            problems);

    assertThat(problems.toString()).isEmpty();
    assertThat(maps).hasSize(1);
    assertThat(maps.getFirst().texts("targets")).containsExactly("a:1", "b:2");
    assertThat(maps.getFirst().textMap("labels")).containsEntry("x", "ä/");
  }

  @Test
  void a_file_is_named_as_it_was_given(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("p.yml"), "a: [1]\n");

    YamlFile.read(file, Limits.NORMAL, problems).text("a");

    assertThat(problems.toString()).startsWith(file + ":1:4: ");
  }

  @Test
  void a_missing_file_a_folder_and_a_file_of_other_bytes_are_told(@TempDir Path folder)
      throws IOException {
    Path bytes = Files.write(folder.resolve("c"), "a: ä".getBytes(StandardCharsets.ISO_8859_1));

    YamlFile.read(folder.resolve("missing"), Limits.NORMAL, problems);
    YamlFile.read(folder, Limits.NORMAL, problems);
    YamlFile.read(bytes, Limits.NORMAL, problems);

    assertThat(problems.list()).hasSize(3);
    assertThat(problems.toString())
        .contains("there is no such file")
        .contains("the file can't be read (Is a directory)")
        .contains("the file is not UTF-8 text");
  }

  @Test
  void a_file_over_its_size_is_not_read(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("big.yml"), "a: " + "x".repeat(5000));

    YamlFile.read(file, Limits.NORMAL.with(Limit.CONFIG_BYTES, 4096), problems);

    assertThat(problems.toString())
        .isEqualTo(
            file
                + ": the file is over the limit of 4096 bytes of one configuration file; split it");
  }

  @Test
  void a_character_that_no_text_has_is_told() {
    yaml("a: \u0001\n");

    assertThat(problems.list()).hasSize(1);
    assertThat(problems.toString()).contains("U+0001");
  }
}
