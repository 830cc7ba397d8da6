package io.oriel.collect.huggingface;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.catalogue.ModelField;
import io.oriel.collect.catalogue.ModelSighting;
import io.oriel.collect.catalogue.ModelSighting.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One repository in a cache: what is read of it is kept until its files change. */
final class Repository {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final int MOST_FILES = 20_000;
  private static final int MOST_SNAPSHOTS = 1_000;

  private final CacheFiles files;
  private final Path folder;
  private final String id;
  private String state = ""; // of its files, as of the last look
  private long bytes;
  private @Nullable ModelSighting sighting;

  private Repository(CacheFiles files, Path folder, String id) {
    this.files = files;
    this.folder = folder;
    this.id = id;
  }

  /** Null where the folder's name is that of no model. */
  static @Nullable Repository at(Path root, Path folder) {
    String id = Hub.id(String.valueOf(folder.getFileName()));
    return id.isBlank() ? null : new Repository(new CacheFiles(root), folder, id);
  }

  long bytes() {
    return bytes;
  }

  /** Null where nothing of it has been loaded yet. */
  @Nullable ModelSighting sighting() {
    return sighting;
  }

  void look() {
    String revision = revision();
    Path snapshot = folder.resolve("snapshots").resolve(revision.isEmpty() ? "none" : revision);
    String now = revision + " " + changed(snapshot) + " " + changed(folder.resolve("blobs"));
    if (now.equals(state)) return;
    state = now;
    boolean isThere = files.isFolder(snapshot);
    bytes = isThere ? size(snapshot) : 0;
    sighting = isThere ? read(snapshot, revision) : null;
  }

  /** That of the branch main; without it the newest snapshot. */
  private String revision() {
    String main = files.line(folder.resolve("refs").resolve("main"));
    if (COMMIT.matcher(main).matches()) return main;
    if (!files.isFolder(folder.resolve("snapshots"))) return "";
    String newest = "";
    long newestMs = Long.MIN_VALUE;
    int seen = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder.resolve("snapshots"))) {
      for (Path each : all) {
        if (++seen > MOST_SNAPSHOTS) break;
        String name = String.valueOf(each.getFileName());
        long ms = changed(each);
        if (!COMMIT.matcher(name).matches() || ms <= newestMs) continue;
        newest = name;
        newestMs = ms;
      }
    } catch (IOException | DirectoryIteratorException e) {
      return newest;
    }
    return newest;
  }

  private static long changed(Path folder) {
    try {
      return Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).toMillis();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Of its blobs; without links the files lie in the snapshot itself. */
  private long size(Path snapshot) {
    long blobs = sum(folder.resolve("blobs"), 1);
    return blobs > 0 ? blobs : sum(snapshot, 4);
  }

  private static long sum(Path folder, int depth) {
    try (Stream<Path> all = Files.find(folder, depth, (_, facts) -> facts.isRegularFile())) {
      return all.limit(MOST_FILES).mapToLong(Repository::length).sum();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  private static long length(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  private ModelSighting read(Path snapshot, String revision) {
    String source = folder + " config.json";
    JsonNode json = files.json(snapshot.resolve("config.json"));
    var config = new ConfigJson(json);
    var telling =
        ModelSighting.of(Role.STORE, id, folder.toString())
            .tell(ModelField.SOURCE, id)
            .tell(ModelField.REVISION, revision, folder + " refs, snapshots")
            .tell(ModelField.DISK, bytes, folder + " blobs")
            .tell(ModelField.TYPE, new ModelType(files, snapshot, id, json).word(), source);
    config.tell(telling, source);
    var weights = new Weights(files, snapshot, names(snapshot));
    weights.tell(telling, config, folder.toString());
    return telling.done();
  }

  private static List<String> names(Path snapshot) {
    try (Stream<Path> all = Files.list(snapshot)) {
      return all.limit(MOST_FILES)
          .map(each -> String.valueOf(each.getFileName()))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }
}
