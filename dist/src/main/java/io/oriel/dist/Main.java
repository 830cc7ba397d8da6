package io.oriel.dist;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code oriel dist}: what other machines get. The launcher says what was built, and with what. */
@Command(
    name = "oriel dist",
    description = "Makes a tar.gz and an OCI image archive that need no JDK on their machine.",
    sortOptions = false)
public final class Main implements Callable<Integer> {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where they are put (default: dist/target).")
  private Path out = Path.of("dist", "target");

  @Option(
      names = "--base",
      paramLabel = "IMAGE",
      description =
          "What the image stands on: a name in a registry (default: "
              + Image.NORMAL_BASE
              + "), a saved image's file, or none.")
  private @Nullable String base;

  @Option(
      names = "--no-cache",
      description = "Without the start-up cache: slower starts, and the same bytes each time.")
  private boolean noCache;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli asks it
  private boolean help;

  // from the launcher
  @SuppressWarnings("NullAway.Init") // required, so picocli sets it
  @Option(names = "--root", required = true, hidden = true)
  private Path root;

  @SuppressWarnings("NullAway.Init")
  @Option(names = "--lib", required = true, hidden = true)
  private Path lib;

  @SuppressWarnings("NullAway.Init")
  @Option(names = "--jdk", required = true, hidden = true)
  private Path jdk;

  @SuppressWarnings("NullAway.Init")
  @Option(names = "--version", required = true, hidden = true)
  private String version;

  @SuppressWarnings("NullAway.Init")
  @Option(names = "--jvm", required = true, hidden = true)
  private String jvm;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      Path work = Files.createTempDirectory("oriel-dist");
      try {
        make(work);
      } finally {
        delete(work);
      }
      return 0;
    } catch (CannotMake e) {
      err().println("oriel: " + e.getMessage());
    } catch (IOException e) {
      err().println("oriel: a file can't be read or written (" + e + "); is the disk full?");
    }
    return 1;
  }

  private void make(Path work) throws IOException, CannotMake, InterruptedException {
    Files.createDirectories(out);
    List<Path> jars = Stage.jars(lib);
    say("a runtime of the JDK's modules that are needed");
    Path folder = Files.createDirectory(work.resolve("oriel-" + version));
    new JavaRuntime(jdk).make(jars, folder.resolve("runtime"));
    Stage stage =
        Stage.of(
            folder,
            jars,
            Arrays.asList(jvm.strip().split("\\s+", -1)),
            List.of(root.resolve("LICENSE"), root.resolve("docs/agent.md")));
    if (!noCache) {
      say("the start-up cache (a minute)");
      stage.train();
      stage.sameTime();
    }
    Path tar = out.resolve("oriel-%s-linux-%s.tar.gz".formatted(version, architecture()));
    Tarball.write(stage, tar);
    said(tar, "unpack it anywhere and start oriel-%s/oriel".formatted(version));
    image(new Image(stage, version));
  }

  private void image(Image image) throws IOException, CannotMake, InterruptedException {
    String named = "oriel-%s-image-linux-%s".formatted(version, architecture());
    String asked = base == null ? Image.NORMAL_BASE : base;
    if (!asked.equals(Image.NO_BASE)) {
      try {
        Path file = out.resolve(named + ".tar");
        image.write(asked, file);
        said(file, "docker load -i, podman load -i; it stands on " + asked);
        return;
      } catch (CannotMake e) {
        if (base != null) throw e;
        err().println("oriel: " + e.getMessage());
      }
    }
    Path file = out.resolve(named + "-no-base.tar");
    image.write(Image.NO_BASE, file);
    said(
        file,
        "it has no base, so no C library, and does not start by itself: COPY --from it onto an"
            + " image that has glibc");
  }

  private static String architecture() {
    return System.getProperty("os.arch");
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private void say(String what) {
    err().println("  " + what);
  }

  private void said(Path file, String what) throws IOException {
    double megabytes = Files.size(file) / 1e6;
    spec.commandLine()
        .getOut()
        .println(String.format(Locale.ROOT, "%s  %.1f MB: %s", file, megabytes, what));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
    }
  }
}
