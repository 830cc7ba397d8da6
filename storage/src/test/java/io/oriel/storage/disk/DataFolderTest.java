package io.oriel.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.limit.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path data;

  @Test
  void a_second_process_is_told_who_has_the_folder() throws Exception {
    Process holder = holder();
    try {
      assertThat(holder.inputReader().readLine()).isEqualTo("held");

      assertThatThrownBy(this::open)
          .isInstanceOf(Refusal.CannotStart.class)
          .hasMessage(
              "the data folder %s is in use by process %d; stop it, or choose another with --data DIR"
                  .formatted(data, holder.pid()));
    } finally {
      holder.destroyForcibly().waitFor();
    }

    open().close(); // the lock of a dead process is no obstacle
  }

  private Process holder() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            HoldingProcess.class.getName(),
            data.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void the_same_process_can_not_open_a_folder_twice_and_keeps_the_lock_it_has() {
    try (var _ = open()) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(this::open)
            .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
      }
    }

    open().close();
  }

  @Test
  void each_signal_has_a_folder_of_its_own() {
    try (var metrics = DataFolder.open(Disk.real(), data, "metrics");
        var logs = DataFolder.open(Disk.real(), data, "logs")) {
      assertThat(metrics.root()).isEqualTo(data.resolve("metrics"));
      assertThat(logs.root()).isEqualTo(data.resolve("logs"));
    }
  }

  @Test
  void what_a_crash_left_in_tmp_is_gone() throws IOException {
    open().close();
    Path left = data.resolve("notes/tmp/block/chunks");
    Files.createDirectories(left.getParent());
    Files.writeString(left, "half");

    try (var folder = open()) {
      assertThat(folder.tmp()).isEmptyDirectory();
    }
  }

  @Test
  void a_file_in_the_place_of_the_folder_is_one_sentence() throws IOException {
    Path file = Files.createFile(data.resolve("file"));

    assertThatThrownBy(() -> DataFolder.open(Disk.real(), file, "notes"))
        .isInstanceOf(Refusal.CannotStart.class)
        .hasMessage("the data folder %s is a file; name a folder with --data DIR".formatted(file));
    assertThatThrownBy(() -> DataFolder.open(Disk.real(), file.resolve("below"), "notes"))
        .isInstanceOf(Refusal.CannotStart.class)
        .hasMessageContaining("can't be used (");
  }

  @Test
  void a_folder_that_can_not_be_made_is_one_sentence() {
    assertThatThrownBy(() -> DataFolder.open(Disk.real(), Path.of("/proc/oriel"), "notes"))
        .isInstanceOf(Refusal.CannotStart.class)
        .hasMessageMatching("the data folder /proc/oriel can't be used \\(.+\\); give user .+");
  }

  private DataFolder open() {
    return DataFolder.open(Disk.real(), data, "notes");
  }
}
