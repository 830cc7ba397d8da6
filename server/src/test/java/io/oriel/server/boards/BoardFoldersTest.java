package io.oriel.server.boards;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import io.oriel.server.boards.BoardFolders.Contents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoardFoldersTest {
  private static final String PLAIN =
      """
      {"uid": "gpus", "title": "GPUs", "description": "How warm?", "tags": ["gpu"],
       "panels": [{"type": "row", "panels": [{"type": "stat"}]}, {"type": "timeseries"}]}\
      """;

  private final ManualClock clock = new ManualClock(1_000_000);
  private Path root;

  @BeforeEach
  void folder(@TempDir Path folder) throws IOException {
    root = Files.createDirectory(folder.resolve("boards"));
  }

  @Test
  void a_file_is_a_board_and_its_folder_is_the_boards_folder() throws IOException {
    file("gpu/nvidia/warm.json", PLAIN);
    file("notes.txt", "no board");

    Contents found = look();

    assertThat(found.notes()).isEmpty();
    BoardFile board = only(found);
    assertThat(board.uid()).isEqualTo("gpus");
    assertThat(board.title()).isEqualTo("GPUs");
    assertThat(board.description()).isEqualTo("How warm?");
    assertThat(board.tags()).containsExactly("gpu");
    assertThat(board.panels()).isEqualTo(2);
    assertThat(board.folder()).isEqualTo("gpu/nvidia");
    assertThat(new String(board.text().read(), UTF_8)).isEqualTo(PLAIN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"dashboard": {"uid": "u", "title": "T", "rows": [{"panels": [{}, {}]}]}, "meta": {"slug": "x"}} | u | 2
          {"apiVersion": "dashboard.grafana.app/v1beta1", "kind": "Dashboard", "metadata": {"name": "u"}, "spec": {"title": "T", "panels": [{}]}} | u | 1
          {"apiVersion": "dashboard.grafana.app/v2", "metadata": {"name": "u"}, "spec": {"title": "T", "elements": {"a": {"kind": "Panel"}, "b": {}}}} | u | 2
          {"title": "T", "uid": "u", "schemaVersion": 36} | u | 0
          """)
  void every_form_of_grafana_is_read(String json, String uid, int panels) throws IOException {
    file("a.json", json);

    BoardFile board = only(look());

    assertThat(board.title()).isEqualTo("T");
    assertThat(board.uid()).isEqualTo(uid);
    assertThat(board.panels()).isEqualTo(panels);
  }

  @Test
  void a_broken_file_is_told_with_its_place_and_hides_no_other() throws IOException {
    file("a.json", "{\"title\": \"A\",\n  \"panels\": [}\n");
    file("b.json", PLAIN);
    file("c.json", "");
    file("d.json", "{\"some\": \"settings\"}");
    file("e.json", "{\"panels\": []} and more");
    file("f.json", "{\"panels\": [");
    Files.write(root.resolve("g.json"), new byte[] {'{', '\n', ' ', (byte) 0xff, '}'});

    Contents found = look();

    assertThat(only(found).title()).isEqualTo("GPUs");
    assertThat(found.notes())
        .extracting(note -> root.relativize(Path.of(note.file())) + ":" + note.line())
        .containsExactly("a.json:2", "c.json:0", "d.json:0", "e.json:1", "f.json:1", "g.json:2");
    assertThat(found.notes().get(0).column()).isEqualTo(14);
    assertThat(found.notes()).extracting(BoardNote::listed).containsOnly(false);
    assertThat(found.notes().get(2).says()).contains("it is no dashboard");
    assertThat(found.notes().get(5).says()).contains("it is not UTF-8");
  }

  @Test
  void a_board_without_a_uid_has_one_of_its_path_that_stays() throws IOException {
    file("vLLM boards/queue.json", "{\"panels\": []}");
    file("odd.json", "{\"panels\": [], \"uid\": \"../../x\"}");

    Contents first = look();
    Contents again = look();

    assertThat(first.boards())
        .extracting(BoardFile::uid)
        .containsExactly(
            BoardFolders.uidOf("odd.json"), BoardFolders.uidOf("vLLM boards/queue.json"))
        .allMatch(uid -> uid.matches("(odd|vllm-boards-queue)-[0-9a-f]{8}"));
    assertThat(again.boards().get(1).uid()).isEqualTo(first.boards().get(1).uid());
    assertThat(first.boards().get(1).title()).isEqualTo("queue");
    assertThat(first.notes())
        .singleElement()
        .satisfies(note -> assertThat(note.says()).contains("does not fit into an address"));
  }

  @Test
  void of_two_files_with_one_uid_both_are_listed_and_it_is_told() throws IOException {
    file("a.json", PLAIN);
    file("b.json", PLAIN);
    file("c.json", "{\"uid\": \"shipped\", \"panels\": []}");

    Contents found = look();

    assertThat(found.boards())
        .extracting(BoardFile::uid)
        .containsExactly("gpus", BoardFolders.uidOf("b.json"), BoardFolders.uidOf("c.json"));
    assertThat(found.notes()).extracting(BoardNote::listed).containsExactly(true, true);
    assertThat(found.notes().get(0).says())
        .contains("uid gpus is that of " + root.resolve("a.json"));
    assertThat(found.notes().get(1).says()).contains("that of a shipped dashboard");
  }

  @Test
  void a_link_that_leads_out_is_refused_and_one_that_stays_is_followed(@TempDir Path outside)
      throws IOException {
    Path secret = Files.writeString(outside.resolve("secret.json"), PLAIN);
    file("..2026/warm.json", PLAIN); // as Kubernetes mounts a ConfigMap
    Files.createSymbolicLink(root.resolve("warm.json"), Path.of("..2026", "warm.json"));
    Files.createSymbolicLink(root.resolve("out.json"), secret);
    Files.createSymbolicLink(root.resolve("outside"), outside);
    Files.createSymbolicLink(root.resolve("up"), Path.of("."));
    Files.createSymbolicLink(root.resolve("void.json"), Path.of("nowhere"));

    Contents found = look();

    assertThat(only(found).file()).isEqualTo(root.resolve("warm.json").toString());
    assertThat(found.notes())
        .extracting(note -> root.relativize(Path.of(note.file())).toString())
        .containsExactly("out.json", "outside", "void.json");
    assertThat(found.notes().get(0).says()).contains("leads out of the folder");
  }

  @Test
  void a_file_that_becomes_a_link_after_the_list_is_not_followed(@TempDir Path outside)
      throws IOException {
    Path secret = Files.writeString(outside.resolve("secret.json"), PLAIN);
    Path file = file("a.json", PLAIN);
    BoardFile board = only(look());

    Files.delete(file);
    Files.createSymbolicLink(file, secret);

    assertThatThrownBy(() -> board.text().read()).isInstanceOf(Refusal.NotFound.class);
  }

  @Test
  void changes_are_seen_when_asked_again_a_second_later() throws IOException {
    Path file = file("a.json", PLAIN);
    var folders = folders(Limits.NORMAL);
    assertThat(only(folders.contents()).title()).isEqualTo("GPUs");

    file("a.json", PLAIN.replace("GPUs", "FPUs")); // as long as before: the time tells
    Files.setLastModifiedTime(file, FileTime.fromMillis(2_000_000));
    assertThat(only(folders.contents()).title()).isEqualTo("GPUs");
    clock.advance(1000);
    assertThat(only(folders.contents()).title()).isEqualTo("FPUs");

    Files.delete(file);
    clock.advance(1000);
    assertThat(folders.contents().boards()).isEmpty();
  }

  @Test
  void every_bound_is_told_by_its_name() throws IOException {
    for (String name : List.of("a", "b", "c")) file(name + ".json", "{\"panels\": []}");
    file("deep/er/d.json", "{\"panels\": []}");
    file("big.json", "{\"panels\": [], \"title\": \"" + "x".repeat(200) + "\"}");
    file("nested.json", "{\"panels\": " + "[".repeat(50) + "]".repeat(50) + "}");
    var limits =
        Limits.NORMAL
            .with(Limit.BOARD_BYTES, 150)
            .with(Limit.BOARD_DEPTH, 20)
            .with(Limit.BOARD_FOLDER_DEPTH, 1);

    Contents bounded = folders(limits).contents();
    Contents few = folders(limits.with(Limit.BOARDS, 2)).contents();
    Contents fewer = folders(limits.with(Limit.BOARD_FOLDER_ENTRIES, 2)).contents();

    assertThat(bounded.boards()).extracting(BoardFile::title).containsExactly("a", "b", "c");
    assertThat(bounded.notes())
        .extracting(BoardNote::says)
        .satisfiesExactlyInAnyOrder(
            says -> assertThat(says).contains("limits.board_bytes"),
            says -> assertThat(says).contains("limits.board_depth"),
            says -> assertThat(says).contains("limits.board_folder_depth"));
    assertThat(few.boards()).hasSize(2);
    assertThat(few.notes()).extracting(BoardNote::says).anyMatch(s -> s.contains("limits.boards"));
    assertThat(fewer.notes())
        .extracting(BoardNote::says)
        .anyMatch(says -> says.contains("limits.board_folder_entries"));
  }

  @Test
  void a_folder_that_is_not_there_is_told_and_the_others_are_read(@TempDir Path other)
      throws IOException {
    Files.writeString(other.resolve("b.json"), PLAIN);
    var folders = folders(Limits.NORMAL);

    folders.use(List.of(root.resolve("none"), other));

    assertThat(only(folders.contents()).title()).isEqualTo("GPUs");
    assertThat(folders.contents().notes())
        .singleElement()
        .satisfies(note -> assertThat(note.says()).contains("there is no such folder"));
  }

  private Contents look() {
    return folders(Limits.NORMAL).contents();
  }

  private BoardFolders folders(Limits limits) {
    var folders = new BoardFolders(() -> Set.of("shipped"), limits, clock);
    folders.use(List.of(root));
    return folders;
  }

  private Path file(String below, String text) throws IOException {
    Path file = root.resolve(below);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static BoardFile only(Contents contents) {
    assertThat(contents.boards()).hasSize(1);
    return contents.boards().getFirst();
  }
}
