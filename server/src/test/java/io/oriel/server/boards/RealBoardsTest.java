package io.oriel.server.boards;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.limit.Limits;
import io.oriel.model.testing.ManualClock;
import io.oriel.model.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboards of the field, whole and damaged. */
class RealBoardsTest {
  @Test
  void each_is_listed_under_a_uid_of_its_own() throws IOException {
    Path all = SharedData.conformance("dashboards");

    var contents = folders(all).contents();

    long files;
    try (Stream<Path> walk = Files.walk(all)) {
      files = walk.filter(path -> path.toString().endsWith(".json")).count();
    }
    assertThat(contents.boards()).hasSize((int) files);
    assertThat(contents.boards()).extracting(BoardFile::uid).doesNotHaveDuplicates();
    assertThat(contents.boards()).allSatisfy(board -> assertThat(board.title()).isNotBlank());
    assertThat(contents.boards()).filteredOn(board -> board.panels() == 0).hasSizeLessThan(3);
    assertThat(contents.notes()).allMatch(BoardNote::listed);
  }

  /**
   * Mutations by chance, of a seed: bytes changed, cut out, doubled. Each ends as board or note.
   */
  @Test
  void damaged_ones_are_boards_or_notes_and_never_a_failure(@TempDir Path folder)
      throws IOException {
    Path all = SharedData.conformance("dashboards");
    List<BoardFile> boards = folders(all).contents().boards();
    long seed = Long.getLong("oriel.seed", 20261122);
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = boards.get(random.nextInt(boards.size())).text().read();
      int to = random.nextInt(1, bytes.length);
      byte[] cut = java.util.Arrays.copyOf(bytes, to);
      for (int n = random.nextInt(8); n > 0; n--) {
        cut[random.nextInt(to)] = (byte) random.nextInt(256);
      }
      Files.write(folder.resolve(i + ".json"), cut);
    }

    var contents = folders(folder).contents();

    assertThat(
            contents.boards().size() + contents.notes().stream().filter(n -> !n.listed()).count())
        .as("seed %d", seed)
        .isEqualTo(300);
    assertThat(contents.notes()).isNotEmpty().allMatch(note -> note.says().length() < 1000);
  }

  private static BoardFolders folders(Path folder) {
    var folders = new BoardFolders(Set::of, Limits.NORMAL, new ManualClock(1_000_000));
    folders.use(List.of(folder));
    return folders;
  }
}
