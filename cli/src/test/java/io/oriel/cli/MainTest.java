package io.oriel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.server.config.AgentPage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void version_says_which_oriel_this_is() {
    assertThat(run("version")).isZero();
    assertThat(out.toString()).matches("oriel \\d+\\.\\d+\\.\\d+\\R");
  }

  @Test
  void help_lists_verbs_and_options() {
    assertThat(run("help")).isZero();
    assertThat(run("help", "up")).isZero();
    assertThat(out.toString())
        .contains("up ", "version ", "--prometheus-config", "--retention", "--no-collectors")
        .doesNotContain("train");
  }

  @Test
  void the_help_of_an_agents_ports_names_every_page() {
    assertThat(run("help", "agent")).isZero();
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("Another port for a page (" + AgentPage.words() + "); 0: none.");
  }

  @Test
  void a_misspelt_verb_or_option_is_wrong_usage_and_the_right_one_is_named() {
    assertThat(run("upp")).isEqualTo(Main.WRONG_USAGE);
    assertThat(run("up", "--prot", "1")).isEqualTo(Main.WRONG_USAGE);
    assertThat(err.toString().lines())
        .containsExactly(
            "oriel: there is no verb upp; did you mean up?",
            "Try: oriel help",
            "oriel: there is no option --prot; did you mean --port?",
            "Try: oriel help up");
  }

  @Test
  void a_wrong_value_of_an_option_is_wrong_usage_and_says_how_to_write_it() {
    assertThat(run("up", "--port", "99999")).isEqualTo(Main.WRONG_USAGE);
    assertThat(run("up", "--retention", "soon")).isEqualTo(Main.WRONG_USAGE);
    assertThat(err.toString())
        .contains("'99999' is no port; write a number from 1 to 65534")
        .contains("'soon' is no length of time; write it like 30d or 12h");
  }

  @Test
  void a_wrong_configuration_is_told_whole_without_a_stack_trace() throws Exception {
    Path config = folder.resolve("oriel.yaml");
    Files.writeString(config, "storage:\n  retenshun: 30d\nlimits:\n  series: many\n");

    int code = run("up", "--config", config.toString());

    assertThat(code).isEqualTo(Main.FAILED);
    assertThat(err.toString())
        .contains("oriel.yaml:2:3: there is no key retenshun", "oriel.yaml:4:11: limits.series")
        .doesNotContain("\tat ", "Exception");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void a_data_folder_that_is_a_file_is_said() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    int code = run("up", "--port", "0", "--data", file.toString());

    assertThat(code).isEqualTo(Main.FAILED);
    assertThat(err.toString()).contains(file.toString()).doesNotContain("\tat ", "Exception");
  }

  /** The whole program starts, takes in, answers and stops. */
  @Test
  void the_training_run_goes_through_every_main_path() {
    assertThat(run("train")).as(err.toString()).isZero();
  }

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
