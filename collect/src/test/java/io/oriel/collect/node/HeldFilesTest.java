package io.oriel.collect.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.node.KernelFiles.HeldFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that stay open while they are read each round. */
class HeldFilesTest {
  @TempDir Path folder;
  private final KernelFiles files = new KernelFiles();

  @AfterEach
  void close() {
    files.close();
  }

  private long number(NativePath path, HeldFile file) {
    return Objects.requireNonNull(files.tryRead(path, file)).firstNumber();
  }

  private long open() throws IOException {
    try (var all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(this::isOurs).count();
    }
  }

  private boolean isOurs(Path link) {
    try {
      return Files.readSymbolicLink(link).startsWith(folder);
    } catch (IOException _) {
      return false; // closed meanwhile
    }
  }

  @Test
  void a_file_stays_open_while_each_round_reads_it_and_is_closed_after_one_that_did_not()
      throws IOException {
    var path = NativePath.of(Files.writeString(folder.resolve("a"), "1\n").toString());
    var file = new HeldFile();
    for (int round = 0; round < 3; round++) {
      files.beginRound();
      files.tryRead(path, file);
      assertThat(open()).isOne();
    }
    Files.writeString(folder.resolve("a"), "2\n");
    files.beginRound();
    assertThat(number(path, file)).isEqualTo(2);

    files.beginRound();
    files.beginRound();

    assertThat(open()).isZero();
    assertThat(number(path, file)).isEqualTo(2);
  }

  @Test
  void a_process_that_ended_is_left_out_and_its_file_closed() throws Exception {
    var walk = new ProcessWalk(files, Roots.HOST);
    Process child = new ProcessBuilder("sleep", "60").start();
    files.beginRound();
    walk.walk();
    assertThat(pids(walk)).contains((int) child.pid());

    child.destroy();
    child.waitFor();
    files.beginRound();
    walk.walk();

    assertThat(pids(walk)).doesNotContain((int) child.pid());
  }

  private static int[] pids(ProcessWalk walk) {
    return java.util.Arrays.copyOf(walk.now().pids, walk.now().size);
  }

  @Test
  void beyond_the_places_files_are_read_all_the_same() throws IOException {
    files.beginRound();
    for (int i = 0; i < 600; i++) {
      Path each = Files.writeString(folder.resolve("f" + i), i + "\n");
      assertThat(number(NativePath.of(each.toString()), new HeldFile())).isEqualTo(i);
    }

    assertThat(open()).isEqualTo(512);
  }
}
