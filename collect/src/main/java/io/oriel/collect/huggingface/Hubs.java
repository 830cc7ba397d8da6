package io.oriel.collect.huggingface;

import io.oriel.collect.container.Container;
import io.oriel.collect.container.Containers;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where caches of Hugging Face are: this machine's, by the environment, and those that containers
 * mount, as far as they can be seen from here.
 *
 * @param own folders of this machine, there or not
 * @param root below which the host's file system is seen: what containers mount lies there
 */
public record Hubs(List<Path> own, Containers containers, Path root) {
  private static final Path HERE = Path.of("/");
  private static final List<String> HUB_NAMES =
      List.of("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "TRANSFORMERS_CACHE");
  private static final String HOME_IN_CONTAINER = "/root";

  public Hubs {
    own = List.copyOf(own);
  }

  public Hubs(List<Path> own, Containers containers) {
    this(own, containers, HERE);
  }

  /**
   * Those that this process' user would use, and those of containers.
   *
   * @param environment of this process
   */
  public static Hubs of(Map<String, String> environment, Containers containers) {
    String home = environment.getOrDefault("HOME", System.getProperty("user.home", "/root"));
    return new Hubs(List.of(path(inside(environment, home))), containers);
  }

  /** Where the library looks, as its own documentation has it. */
  private static String inside(Map<String, String> environment, String home) {
    for (String each : HUB_NAMES) {
      String named = environment.getOrDefault(each, "");
      if (!named.isBlank()) return named;
    }
    String library = environment.getOrDefault("HF_HOME", "");
    return library.isBlank() ? home + "/.cache/huggingface/hub" : library + "/hub";
  }

  private static Path path(String text) {
    try {
      return Path.of(text).normalize();
    } catch (InvalidPathException e) {
      return Path.of("/nonexistent");
    }
  }

  /** Those that there are now. */
  public Set<Path> folders() {
    var all = new LinkedHashSet<Path>();
    for (Path each : own) add(each, all);
    for (Container each : containers.list()) {
      String mounted = mounted(each);
      if (mounted.startsWith("/")) add(root.resolve(path(mounted.substring(1))).normalize(), all);
    }
    return all;
  }

  private static void add(Path folder, Set<Path> into) {
    if (folder.isAbsolute() && Files.isDirectory(folder)) into.add(folder);
  }

  /** The host's folder behind the container's cache; empty where it is not mounted. */
  private static String mounted(Container container) {
    String given = container.option("--download-dir");
    String inner = given == null ? inside(container.environment(), HOME_IN_CONTAINER) : given;
    String best = "";
    int depth = 0;
    for (Container.Mount each : container.mounts()) {
      String at = each.destination();
      boolean isAbove = inner.equals(at) || inner.startsWith(at + "/");
      if (!isAbove || at.length() <= depth || each.source().isEmpty()) continue;
      depth = at.length();
      best = each.source() + inner.substring(at.length());
    }
    return best;
  }
}
