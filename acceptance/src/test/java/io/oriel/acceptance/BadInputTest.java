package io.oriel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.acceptance.OrielProcess.Outcome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes wrong before or at the start: one clear sentence with the remedy, and no stack trace.
 */
class BadInputTest {
  @TempDir Path folder;

  @Test
  void a_misspelt_key_is_named_with_its_place_and_the_nearest_right_one() throws Exception {
    Path config = Files.writeString(folder.resolve("oriel.yaml"), "storage:\n  retenshun: 30d\n");

    Outcome outcome = up("--config", config.toString());

    assertRefused(outcome, "oriel.yaml:2:3", "retenshun", "retention");
  }

  @Test
  void every_problem_of_a_configuration_is_told_at_once() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("oriel.yaml"), "storage:\n  retention: 1h\nlimits:\n  series: many\n");

    Outcome outcome = up("--config", config.toString());

    assertRefused(outcome, "oriel.yaml:2", "oriel.yaml:4");
  }

  @Test
  void a_configuration_that_is_not_there_is_said() throws Exception {
    assertRefused(up("--config", folder.resolve("nowhere.yaml").toString()), "nowhere.yaml");
  }

  @Test
  void a_scrape_section_with_a_wrong_key_is_said_with_its_line() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            "scrape_configs:\n  - job_name: a\n    scrape_intervall: 5s\n");

    assertRefused(
        up("--prometheus-config", config.toString()), "prometheus.yml:3", "scrape_interval");
  }

  @Test
  void a_taken_port_is_said_with_who_has_it() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Outcome outcome =
          OrielProcess.run(
              folder,
              "up",
              "--no-collectors",
              "--data",
              folder.resolve("data").toString(),
              "--port",
              String.valueOf(taken.getLocalPort()));

      assertRefused(outcome, "port " + taken.getLocalPort() + " is taken", "--port");
    }
  }

  @Test
  void a_second_process_on_the_same_data_is_told_who_has_it() throws Exception {
    try (var first = OrielProcess.up(folder, "--no-collectors")) {
      Outcome outcome = up("--data", folder.resolve("data").toString());

      assertRefused(outcome, "in use by process " + first.pid(), "--data");
    }
  }

  @Test
  void a_data_folder_that_is_a_file_is_said() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertRefused(up("--data", file.toString()), file.toString());
  }

  @Test
  void a_data_folder_under_a_read_only_tree_is_said() throws Exception {
    assertRefused(up("--data", "/proc/oriel"), "/proc/oriel");
  }

  @Test
  void an_unknown_verb_or_option_is_wrong_usage() throws Exception {
    Outcome verb = OrielProcess.run(folder, "upp");
    Outcome option = OrielProcess.run(folder, "up", "--prot", "1");

    assertThat(verb.exitCode()).isEqualTo(2);
    assertThat(verb.output()).contains("up").doesNotContain("\tat ");
    assertThat(option.exitCode()).isEqualTo(2);
    assertThat(option.output()).contains("--port").doesNotContain("\tat ");
  }

  @Test
  void wrong_values_of_options_are_said() throws Exception {
    assertThat(up("--retention", "999999y").output()).contains("--retention", "a hundred years");
    assertThat(up("--data", "").output()).contains("--data", "has no name");
    assertThat(up("--base-path", "../x").output()).contains("--base-path", "may not have");
    assertThat(up("--retention", "soon").output()).contains("retention").doesNotContain("\tat ");
    assertThat(up("--port", "99999").output()).contains("99999").doesNotContain("\tat ");
    assertThat(up("--listen", "not-an-address.invalid").output())
        .contains("not-an-address.invalid");
  }

  private Outcome up(String... options) throws Exception {
    var arguments = new ArrayList<String>(List.of("up", "--no-collectors"));
    arguments.addAll(List.of(options));
    if (!arguments.contains("--port")) {
      arguments.addAll(List.of("--port", String.valueOf(Ports.freePair())));
    }
    if (!arguments.contains("--data")) {
      arguments.addAll(List.of("--data", folder.resolve("own").toString()));
    }
    return OrielProcess.run(folder, arguments.toArray(String[]::new));
  }

  private static void assertRefused(Outcome outcome, String... said) {
    assertThat(outcome.exitCode()).as(outcome.output()).isNotZero();
    assertThat(outcome.output()).contains(said).doesNotContain("\tat ").doesNotContain("Exception");
  }
}
