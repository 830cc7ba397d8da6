package io.oriel.collect.node;

import java.nio.file.Path;

/**
 * Where the kernel's file systems are seen. In a container the host's are mounted elsewhere, and
 * tests hand in recorded trees.
 *
 * @param root below which the host's mount points lie
 */
public record Roots(Path proc, Path sys, Path root) {
  public static final Roots HOST = new Roots(Path.of("/proc"), Path.of("/sys"), Path.of("/"));

  String proc(String path) {
    return proc.resolve(path).toString();
  }

  String sys(String path) {
    return sys.resolve(path).toString();
  }

  /** A file of the host, by its absolute path there. */
  String root(String absolute) {
    return root.resolve(absolute.substring(1)).toString();
  }

  /** Whether this is the machine itself, so that the kernel may also be asked by system calls. */
  boolean isHost() {
    return equals(HOST);
  }
}
