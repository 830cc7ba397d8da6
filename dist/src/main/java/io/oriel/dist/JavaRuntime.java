package io.oriel.dist;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A Java runtime of those modules of the JDK alone that the jars ask for. */
final class JavaRuntime {
  /** What is asked for by name while running, where no tool sees it. */
  private static final List<String> ASKED_FOR_BY_NAME =
      List.of(
          "jdk.unsupported", // signals
          "jdk.management", // the process's own memory and files
          "jdk.naming.dns", // how the DNS is asked
          "jdk.net"); // options of sockets

  /** What libraries can do without: drawing, databases. A third of the size. */
  private static final List<String> LEFT_OUT = List.of("java.desktop", "java.sql");

  private final Path jdk;

  JavaRuntime(Path jdk) {
    this.jdk = jdk;
  }

  /** Makes it in a folder that is not there yet. */
  void make(List<Path> jars, Path folder) throws CannotMake, InterruptedException {
    Run.of(
        List.of(
            jdk.resolve("bin/jlink").toString(),
            "--add-modules",
            String.join(",", modules(jars)),
            "--vm",
            "server",
            "--compress",
            "zip-6",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            folder.toString()));
  }

  private Set<String> modules(List<Path> jars) throws CannotMake, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                jdk.resolve("bin/jdeps").toString(),
                "--print-module-deps",
                "--ignore-missing-deps",
                "--multi-release",
                "25",
                "--class-path",
                jars.stream().map(Path::toString).collect(Collectors.joining(":"))));
    jars.forEach(jar -> command.add(jar.toString()));
    String printed = Run.of(command).strip();
    String last = printed.substring(printed.lastIndexOf('\n') + 1); // warnings come before it
    var modules = new TreeSet<>(Arrays.asList(last.split(",", -1)));
    LEFT_OUT.forEach(modules::remove);
    modules.addAll(ASKED_FOR_BY_NAME);
    return modules;
  }
}
