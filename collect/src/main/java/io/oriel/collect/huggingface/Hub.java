package io.oriel.collect.huggingface;

import io.oriel.collect.catalogue.ModelSighting;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One cache: a folder with a folder a repository. */
final class Hub {
  private static final int MOST_REPOSITORIES = 2_000;
  private static final String MODEL = "models--";

  private final Path folder;
  private Map<Path, Repository> repositories = new HashMap<>();
  private List<ModelSighting> models = List.of();
  private long bytes;
  private String failure = "";

  Hub(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  List<ModelSighting> models() {
    return models;
  }

  int count() {
    return models.size();
  }

  long bytes() {
    return bytes;
  }

  /** Why the cache can't be read; empty when it can. */
  String failure() {
    return failure;
  }

  void look() {
    var next = new HashMap<Path, Repository>();
    var seen = new ArrayList<ModelSighting>();
    bytes = 0;
    failure = "";
    try {
      Path root = folder.toRealPath();
      for (Path each : repositories(root)) {
        Repository repository = repositories.get(each);
        if (repository == null) repository = Repository.at(root, each);
        if (repository == null) continue;
        next.put(each, repository);
        repository.look();
        bytes += repository.bytes();
        @Nullable ModelSighting sighting = repository.sighting();
        if (sighting != null) seen.add(sighting);
      }
    } catch (AccessDeniedException e) {
      failure = "it may not be read; let the user that Oriel runs as read it";
    } catch (IOException | DirectoryIteratorException e) {
      failure = String.valueOf(e.getMessage());
    }
    repositories = next;
    models = List.copyOf(seen);
  }

  private static List<Path> repositories(Path root) throws IOException {
    var all = new ArrayList<Path>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, MODEL + "*")) {
      for (Path each : folders) {
        if (all.size() == MOST_REPOSITORIES) break;
        if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) all.add(each);
      }
    }
    all.sort(null);
    return all;
  }

  /** {@code Qwen/Qwen3-32B} of {@code models--Qwen--Qwen3-32B}; a name may have no organisation. */
  static String id(String folder) {
    return folder.substring(MODEL.length()).replaceFirst("--", "/");
  }
}
