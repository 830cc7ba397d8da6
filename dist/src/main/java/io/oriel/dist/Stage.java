package io.oriel.dist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A folder as it will lie on another machine. Every file bears the same time: two of equal content
 * are packed to equal bytes, and the start-up cache holds for jars of the time that it has seen.
 *
 * @param folder {@code .../oriel-0.1.0}
 * @param jvm options of the JVM, in their order
 */
record Stage(Path folder, List<String> jvm) {
  static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  static final String MAIN = "io.oriel.cli.Main";
  static final String CACHE = "oriel.aot";
  private static final List<String> OWN =
      List.of("oriel", "oriel-agent.service", "oriel.service"); // beside this class

  /** Copies the jars and writes what lies beside them. */
  static Stage of(Path folder, List<Path> jars, List<String> jvm, List<Path> papers)
      throws IOException {
    Path lib = Files.createDirectories(folder.resolve("lib"));
    for (Path jar : jars) Files.copy(jar, lib.resolve(jar.getFileName().toString()));
    for (String name : OWN) own(name, folder.resolve(name));
    if (!folder.resolve("oriel").toFile().setExecutable(true, false)) {
      throw new IOException("the launcher could not be made executable");
    }
    for (Path paper : papers) {
      Files.copy(
          paper,
          folder.resolve(paper.getFileName().toString()),
          StandardCopyOption.REPLACE_EXISTING);
    }
    Files.writeString(folder.resolve("java.options"), String.join("\n", jvm) + "\n");
    var stage = new Stage(folder, List.copyOf(jvm));
    stage.sameTime();
    return stage;
  }

  private static void own(String name, Path to) throws IOException {
    try (InputStream in = Stage.class.getResourceAsStream(name)) {
      Files.write(to, Objects.requireNonNull(in, name).readAllBytes());
    }
  }

  /** Of files in a folder of jars, those that make up the class path, in the order it has them. */
  static List<Path> jars(Path lib) throws IOException {
    try (Stream<Path> files = Files.list(lib)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted((a, b) -> bytewise(a.getFileName().toString(), b.getFileName().toString()))
          .toList();
    }
  }

  private static int bytewise(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  Path runtime() {
    return folder.resolve("runtime");
  }

  List<Path> jars() throws IOException {
    return jars(folder.resolve("lib"));
  }

  /** Runs the whole program once, after which the JVM keeps what it loaded and linked. */
  void train() throws IOException, CannotMake, InterruptedException {
    sameTime();
    var command = new ArrayList<String>();
    command.add(runtime().resolve("bin/java").toString());
    command.add("-XX:AOTCacheOutput=" + folder.resolve(CACHE));
    command.addAll(jvm);
    command.add("-cp");
    command.add(String.join(":", jars().stream().map(Path::toString).toList()));
    command.add(MAIN);
    command.add("train");
    Run.of(command);
  }

  /** All files and folders, each before what is in it, in an order that is always the same. */
  List<Path> entries() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.sorted((a, b) -> bytewise(a.toString(), b.toString())).toList();
    }
  }

  void sameTime() throws IOException {
    for (Path each : entries()) {
      if (!Files.isSymbolicLink(each)) Files.setLastModifiedTime(each, FileTime.from(TIME));
    }
  }
}
