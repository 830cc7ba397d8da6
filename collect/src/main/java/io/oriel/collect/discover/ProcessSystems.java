package io.oriel.collect.discover;

import io.oriel.collect.container.CommandLine;
import io.oriel.collect.peer.Address;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Systems that run on this machine without a container, by their command lines. A process inside a
 * container is seen here too; {@link Discovery} drops it, since the container was found already.
 */
final class ProcessSystems {
  private static final int MOST_BYTES = 16 << 10;
  private static final int MOST_PROCESSES = 100_000;

  private final Path proc;

  /**
   * @param proc where the kernel shows processes: {@code /proc}
   */
  ProcessSystems(Path proc) {
    this.proc = proc;
  }

  /** What can't be read belongs to somebody else, or has just ended: it is passed over. */
  List<FoundSystem> find() {
    var found = new ArrayList<FoundSystem>();
    int seen = 0;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path each : processes) {
        if (++seen > MOST_PROCESSES) break;
        read(each, found);
      }
    } catch (IOException | DirectoryIteratorException e) {
      return found; // a machine without /proc, or one that hides it
    }
    return found;
  }

  private static void read(Path process, List<FoundSystem> found) {
    CommandLine command = commandLine(process.resolve("cmdline"));
    SystemKind kind = SystemKind.recognise("", command).orElse(null);
    if (kind == null || isInContainer(process)) return;
    URI uri = URI.create("http://127.0.0.1:" + command.port(kind.port()));
    String foundBy = "process " + process.getFileName();
    found.add(new FoundSystem(kind, Address.of(uri, foundBy)));
  }

  private static CommandLine commandLine(Path file) {
    String text = head(file);
    return new CommandLine(
        Arrays.stream(text.split("\0")).filter(word -> !word.isEmpty()).toList());
  }

  /** Its ports are its container's; {@link ContainerSystems} knows where those are reached. */
  private static boolean isInContainer(Path process) {
    return head(process.resolve("cgroup")).matches("(?s).*[0-9a-f]{64}.*");
  }

  private static String head(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
