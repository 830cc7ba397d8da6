package io.oriel.collect.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.Readings;
import io.oriel.collect.Told;
import io.oriel.model.MetricMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFilesTest {
  private static final String ERROR = "node_textfile_scrape_error";

  @TempDir Path folder;
  private final Readings out = new Readings();

  private void write(String name, String content, long seconds) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    Files.setLastModifiedTime(file, FileTime.fromMillis(seconds * 1000));
  }

  private Told round(TextFiles part) {
    out.begin();
    part.read(out);
    return Told.of(out);
  }

  private String modified(String name) {
    return "node_textfile_mtime_seconds{file=\"" + folder.resolve(name) + "\"}";
  }

  @Test
  void what_a_script_wrote_is_told_with_its_type_and_when_it_was_written() throws IOException {
    write("backup.prom", "# TYPE backup_done gauge\nbackup_done{disk=\"a\"} 1\n", 1700);
    write("half.prom.tmp", "half", 1700);

    Told told = round(new TextFiles(folder));

    assertThat(told.of("backup_done{disk=\"a\"}")).isEqualTo(1);
    assertThat(told.types()).containsEntry("backup_done", MetricMetadata.Type.GAUGE);
    assertThat(told.of(modified("backup.prom"))).isEqualTo(1700);
    assertThat(told.of(ERROR)).isZero();
  }

  @Test
  void a_file_that_is_wrong_is_left_out_and_named_and_the_others_count() throws IOException {
    write("a.prom", "good 1\nbad{ 1\n", 1);
    write("b.prom", "fine 2\n", 2);
    write("timed.prom", "late 2 1700000000000\n", 3);

    var part = new TextFiles(folder);
    Told told = round(part);

    assertThat(told.of("good")).isNaN();
    assertThat(told.of("late")).isNaN();
    assertThat(told.of("fine")).isEqualTo(2);
    assertThat(told.of(modified("a.prom"))).isNaN();
    assertThat(told.of(ERROR)).isEqualTo(1);
    assertThat(out.failures().get("textfile")).startsWith("a.prom: line 2: ");
    Files.delete(folder.resolve("a.prom"));
    Files.delete(folder.resolve("timed.prom"));
    assertThat(round(part).of(ERROR)).isZero();
  }

  @Test
  void a_file_that_changes_comes_or_goes_is_noticed() throws IOException {
    var part = new TextFiles(folder);
    write("a.prom", "a 1\n", 1);
    round(part);
    write("a.prom", "a 2\n", 5);
    write("b.prom", "b 1\n", 5);
    assertThat(round(part).of("a")).isEqualTo(2);
    assertThat(round(part).of("b")).isEqualTo(1);

    Files.delete(folder.resolve("a.prom"));

    assertThat(round(part).of("a")).isNaN();
    assertThat(round(part).of("b")).isEqualTo(1);
  }

  @Test
  void one_metric_of_two_types_is_an_error_of_the_second_file() throws IOException {
    write("a.prom", "# HELP jobs As a says.\n# TYPE jobs gauge\njobs{of=\"a\"} 1\n", 1);
    write("b.prom", "# HELP jobs As b says.\n# TYPE jobs gauge\njobs{of=\"b\"} 2\n", 1);
    write("c.prom", "# TYPE jobs counter\njobs{of=\"c\"} 3\n", 1);

    Told told = round(new TextFiles(folder));

    assertThat(told.of("jobs{of=\"b\"}")).isEqualTo(2);
    assertThat(told.of("jobs{of=\"c\"}")).isNaN();
    assertThat(told.of(ERROR)).isEqualTo(1);
  }

  @Test
  void a_file_does_not_pass_for_another_machine() throws IOException {
    write("a.prom", "a{instance=\"other\"} 1\n", 1);

    assertThat(round(new TextFiles(folder)).of("a{exported_instance=\"other\"}")).isEqualTo(1);
  }

  @Test
  void a_folder_that_is_not_there_is_an_error_and_none_configured_is_not() throws IOException {
    var missing = new TextFiles(folder.resolve("later"));

    assertThat(round(missing).of(ERROR)).isEqualTo(1);
    assertThat(round(new TextFiles(null)).of(ERROR)).isZero();

    Files.createDirectory(folder.resolve("later"));
    assertThat(round(missing).of(ERROR)).isZero();
  }
}
