package io.oriel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromqlTestTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void cases_that_pass_are_counted() throws IOException {
    Path file =
        file(
            """
            load 1m
                requests_total{code="200"} 0+60x10

            eval instant at 10m rate(requests_total[5m])
                {code="200"} 1

            eval range from 0 to 2m step 1m requests_total
                requests_total{code="200"} 0 60 120
            """);

    assertThat(run(file.toString())).isZero();
    assertThat(out.toString()).isEqualToNormalizingNewlines("2 passed, 0 failed, 0 skipped\n");
  }

  @Test
  void a_case_that_fails_is_told_with_file_and_line_and_the_rest_goes_on() throws IOException {
    Path file =
        file(
            """
            load 1m
                m 1 2

            eval instant at 1m m
                m 3

            eval instant at 1m m + 1
                {} 3
            """);

    assertThat(run(file.toString())).isEqualTo(Main.FAILED);
    assertThat(out.toString().lines().toList())
        .containsExactly(file + ":4: m: m: expected 3.0, got 2.0", "1 passed, 1 failed, 0 skipped");
  }

  @Test
  void what_cannot_be_read_is_told_with_its_line() throws IOException {
    Path file =
        file(
            """
            lode 1m
                m 1 2

            load 1m
                m 1 twice

            eval instant at 1m rate(m

            eval instant at 1m 1 + 1
                2
            """);

    assertThat(run(file.toString())).isEqualTo(Main.FAILED);
    assertThat(out.toString())
        .contains(
            file + ":1: lode 1m: a command is load, eval or clear, not: lode 1m",
            file + ":5: ",
            "no sample: twice",
            file + ":7: rate(m: ",
            "1 passed, 3 failed, 0 skipped");
  }

  @Test
  void a_file_that_is_not_there_is_a_sentence_and_a_missing_argument_wrong_usage() {
    assertThat(run(folder.resolve("no.test").toString())).isEqualTo(Main.FAILED);
    assertThat(run(folder.toString())).isEqualTo(Main.FAILED);
    assertThat(run()).isEqualTo(Main.WRONG_USAGE);
    assertThat(err.toString())
        .contains("oriel: there is no file", "can't be read", "Missing required parameter: 'FILE'")
        .doesNotContain("\tat ", "defect");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("some.test"), text);
  }

  private int run(String... files) {
    var arguments = new ArrayList<>(List.of("promqltest"));
    arguments.addAll(List.of(files));
    return Main.run(
        new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
  }
}
