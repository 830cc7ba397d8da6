package io.oriel.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.limit.Limit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of every key, printed from the tables that reading and the schema are made of. */
class ConfigurationPageTest {
  @Test
  void the_page_of_every_key_is_what_the_tables_say() throws IOException {
    Path page = Path.of(System.getProperty("oriel.root"), "docs", "configuration.md");
    if (Boolean.getBoolean("oriel.rewrite")) Files.writeString(page, print());

    assertThat(page)
        .as("a table has changed; print the page anew with -Doriel.rewrite=true")
        .hasContent(print());
  }

  private static String print() {
    var page = new StringBuilder();
    page.append(
        """
        # Configuration

        Oriel runs without any file. What is to be otherwise stands in an `oriel.yaml`, given by `--config FILE`; options of the command line win over it.
        Every problem of a file is told at once, with line, column and remedy. `${NAME}` is filled in from the environment. `POST /-/reload`
        and SIGHUP read it again, all or nothing. Editors check it by the JSON Schema that lies in the jar of `server/` as `oriel.schema.json`.

        Durations are written as in Prometheus: `15s`, `2h`, `30d`. This page is printed from the tables in the code.

        """);
    String section = "";
    for (Setting setting : Setting.values()) {
      if (!setting.section().equals(section)) {
        section = setting.section();
        head(page, section);
      }
      row(page, setting.key(), setting.normal(), setting.doc());
    }
    head(page, "limits");
    for (Limit limit : Limit.values()) {
      row(page, limit.key(), String.valueOf(limit.normal()), limit.bounds());
    }
    page.append(
        """

        Where `series` and `series_label_bytes` are not written, they are less on a small heap: half of the heap bears the series, by 1 KiB each (about 200 bytes for
        its place and its labels' numbers, up to 400 for its newest samples, the rest for what its scrape knows of it), and a quarter the strings of their labels.
        A heap of 512 MiB so takes 262,144 series. What is written is followed as it stands; a warning says where it is more than the heap bears.
        """);
    return page.toString();
  }

  private static void head(StringBuilder page, String section) {
    if (page.charAt(page.length() - 2) != '\n') page.append('\n');
    page.append("## ").append(section).append("\n| key | default | what |\n|---|---|---|\n");
  }

  private static void row(StringBuilder page, String key, String normal, String what) {
    String text = normal.isEmpty() ? "none" : normal;
    page.append("| `%s` | %s | %s |\n".formatted(key, text, what));
  }
}
