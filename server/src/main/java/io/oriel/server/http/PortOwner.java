package io.oriel.server.http;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Who listens on a port, as far as Linux lets this user see it: {@code process 4711 (java)}. */
final class PortOwner {
  private static final String LISTENING = "0A"; // the state column of /proc/net/tcp

  private PortOwner() {}

  static Optional<String> of(int port) {
    try {
      Set<String> sockets = new HashSet<>();
      sockets.addAll(listening(Path.of("/proc/net/tcp"), port));
      sockets.addAll(listening(Path.of("/proc/net/tcp6"), port));
      return sockets.isEmpty() ? Optional.empty() : process(sockets);
    } catch (IOException _) {
      return Optional.empty(); // no /proc here: the sentence stands without the process
    }
  }

  private static Set<String> listening(Path table, int port) throws IOException {
    var inodes = new HashSet<String>();
    if (!Files.isReadable(table)) return inodes;
    String hex = ":%04X".formatted(port);
    for (String line : Files.readAllLines(table)) {
      String[] columns = line.strip().split("\\s+", -1);
      if (columns.length > 9 && columns[1].endsWith(hex) && columns[3].equals(LISTENING)) {
        inodes.add("socket:[" + columns[9] + "]");
      }
    }
    return inodes;
  }

  private static Optional<String> process(Set<String> sockets) throws IOException {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (holds(process.resolve("fd"), sockets)) {
          String name = Files.readString(process.resolve("comm")).strip();
          return Optional.of("process " + process.getFileName() + " (" + name + ")");
        }
      }
    }
    return Optional.empty();
  }

  private static boolean holds(Path descriptors, Set<String> sockets) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(descriptors)) {
      for (Path each : open) {
        if (Files.isSymbolicLink(each) && sockets.contains(Files.readSymbolicLink(each).toString()))
          return true;
      }
    } catch (IOException | SecurityException _) {
      // another user's process, or one that has just ended
    }
    return false;
  }
}
