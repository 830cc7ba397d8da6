package io.oriel.wire.targets;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.limit.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetFilesTest {
  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();
  private final TargetFiles files =
      new TargetFiles(
          Limits.NORMAL,
          "file_sd_configs",
          (what, fault) -> told.add(what.getFileName() + (fault.isEmpty() ? " well" : " bad")));

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private List<String> addresses(String pattern) {
    return files.groups(folder.resolve(pattern)).stream()
        .flatMap(each -> each.addresses().stream())
        .toList();
  }

  private List<String> faults(String pattern) {
    return files.faults(folder.resolve(pattern));
  }

  @Test
  void groups_are_read_from_yaml_and_json_and_know_their_file() throws IOException {
    write("a.json", "[{\"targets\": [\"x:1\"], \"labels\": {\"site\": \"A\"}}]");
    Path file = write("b.yaml", "- targets: ['y:1', 'z:1']\n");

    var groups = files.groups(folder.resolve("*.yaml"));

    assertThat(addresses("*.json")).containsExactly("x:1");
    assertThat(groups).hasSize(1);
    assertThat(groups.getFirst().addresses()).containsExactly("y:1", "z:1");
    assertThat(groups.getFirst().foundBy()).isEqualTo("b.yaml, file_sd_configs");
    assertThat(groups.getFirst().labels()).containsEntry("__meta_filepath", file.toString());
  }

  @Test
  void a_file_that_changes_is_read_again_and_one_that_goes_takes_its_targets_along()
      throws IOException {
    Path file = write("a.yaml", "- targets: ['x:1']\n");
    var before = addresses("a.yaml");
    write("a.yaml", "- targets: ['x:1', 'y:1']\n");
    var after = addresses("a.yaml");
    Files.delete(file);

    assertThat(before).containsExactly("x:1");
    assertThat(after).containsExactly("x:1", "y:1");
    assertThat(addresses("a.yaml")).isEmpty();
    assertThat(faults("a.yaml")).isEmpty();
  }

  @Test
  void a_file_put_in_the_place_of_another_is_seen_though_size_and_time_are_the_same()
      throws IOException {
    Path file = write("a.yaml", "- targets: ['x:1']\n");
    addresses("a.yaml");
    FileTime time = Files.getLastModifiedTime(file);
    Path other = write("a.tmp", "- targets: ['y:1']\n");
    Files.setLastModifiedTime(other, time);
    Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertThat(addresses("a.yaml")).containsExactly("y:1");
  }

  @Test
  void a_mistake_leaves_the_last_targets_and_is_told_with_its_place_until_it_is_mended()
      throws IOException {
    write("a.yaml", "- targets: ['x:1']\n");
    addresses("a.yaml");
    write("a.yaml", "- targets: ['y:1']\n  lables: {site: A}\n");
    var kept = addresses("a.yaml");
    var faults = faults("a.yaml");
    addresses("a.yaml");
    write("a.yaml", "- targets: ['z:1']\n");

    assertThat(kept).containsExactly("x:1");
    assertThat(faults).hasSize(1);
    assertThat(faults.getFirst()).contains("a.yaml:2:3", "lables", "did you mean labels?");
    assertThat(addresses("a.yaml")).containsExactly("z:1");
    assertThat(faults("a.yaml")).isEmpty();
    assertThat(told).containsExactly("a.yaml bad", "a.yaml well");
  }

  @Test
  void a_file_that_can_not_be_read_leaves_the_last_targets_and_is_tried_anew() throws IOException {
    Path file = write("a.yaml", "- targets: ['x:1']\n");
    addresses("a.yaml");
    Files.delete(file);
    Files.createSymbolicLink(file, file); // a circle: there, and unreadable for everybody
    var kept = addresses("a.yaml");
    var faults = faults("a.yaml");
    Files.delete(file);
    write("a.yaml", "- targets: ['y:1']\n");

    assertThat(kept).containsExactly("x:1");
    assertThat(faults).hasSize(1);
    assertThat(faults.getFirst()).contains("a.yaml can't be read");
    assertThat(addresses("a.yaml")).containsExactly("y:1");
    assertThat(faults("a.yaml")).isEmpty();
  }

  @Test
  void a_folder_that_can_not_be_listed_leaves_what_it_held() throws IOException {
    Path below = Files.createDirectory(folder.resolve("d"));
    Files.writeString(below.resolve("a.yaml"), "- targets: ['x:1']\n");
    var before = addresses("d/*.yaml");
    Path aside = Files.move(below, folder.resolve("aside"));
    Files.createSymbolicLink(below, below);
    files.groups(below.resolve("*.yaml"));
    var faults = faults("d/*.yaml");
    Files.delete(below);
    Files.move(aside, below);

    assertThat(before).containsExactly("x:1");
    assertThat(faults).isNotEmpty();
    assertThat(addresses("d/*.yaml")).containsExactly("x:1");
    assertThat(faults("d/*.yaml")).isEmpty();
  }

  @Test
  void a_folder_that_is_missing_holds_no_files() {
    assertThat(addresses("nowhere/*.yaml")).isEmpty();
    assertThat(faults("nowhere/*.yaml")).isEmpty();
  }

  @Test
  void what_no_pattern_names_any_more_is_forgotten() throws IOException {
    write("a.yaml", "- targets: ['x:1']\n");
    addresses("a.yaml");
    write("a.yaml", "- targets: [\n");
    addresses("a.yaml");
    files.keepOnly(List.of());

    assertThat(faults("a.yaml")).isEmpty();
    assertThat(addresses("a.yaml")).isEmpty(); // the last good content is none now
  }
}
