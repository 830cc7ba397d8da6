package io.oriel.dist;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.Ports;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/**
 * A staged folder as an OCI image archive, made without Docker. The runtime needs the C library of
 * a base; a base of nothing gives layers to put on one.
 */
final class Image {
  /** Glibc and little else: no shell, so that Java is started directly. */
  static final String NORMAL_BASE = "gcr.io/distroless/base-debian12:nonroot";

  static final String NO_BASE = "none";
  private static final String HOME = "/opt/oriel";
  private static final String DATA = "/var/lib/oriel";
  private static final String USER = "65532:65532"; // nobody in particular, as distroless has it
  private static final List<String> PORTS =
      List.of("9100", "9445", "8080", "9901", "9902", "9903", "9904", "23000", "23001");

  private final Stage stage;
  private final String version;

  Image(Stage stage, String version) {
    this.stage = stage;
    this.version = version;
  }

  /**
   * Writes the archive.
   *
   * @param base a name in a registry, the path of a saved image, or {@link #NO_BASE}
   * @throws CannotMake when the base can't be had
   */
  void write(String base, Path file) throws IOException, CannotMake, InterruptedException {
    Path options = Files.createTempDirectory("oriel-image");
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      JibContainerBuilder image = from(base);
      image
          .setFormat(ImageFormat.OCI)
          .setPlatforms(Set.of(new Platform(architecture(), "linux")))
          .setCreationTime(Stage.TIME)
          .addFileEntriesLayer(layer("runtime", this::isRuntime))
          .addFileEntriesLayer(layer("libraries", path -> isJar(path) && !isOwnJar(path)))
          .addFileEntriesLayer(program(options))
          .setEntrypoint(HOME + "/runtime/bin/java", "@" + HOME + "/image.options", Stage.MAIN)
          .setProgramArguments("agent")
          .setEnvironment(Map.of("MALLOC_ARENA_MAX", "2"))
          .setWorkingDirectory(AbsoluteUnixPath.get(DATA))
          .setExposedPorts(Ports.parse(PORTS))
          .setUser(USER)
          .setLabels(
              Map.of(
                  "org.opencontainers.image.title",
                  "Oriel",
                  "org.opencontainers.image.version",
                  version,
                  "org.opencontainers.image.licenses",
                  "Apache-2.0",
                  "org.opencontainers.image.base.name",
                  base));
      image.containerize(
          Containerizer.to(TarImage.at(part).named("oriel:" + version))
              .setToolName("oriel-dist")
              .setAllowInsecureRegistries(false));
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw cannotMake(base, e);
    } finally {
      Files.deleteIfExists(part);
      Files.deleteIfExists(options.resolve("image.options"));
      Files.deleteIfExists(options);
    }
  }

  private static JibContainerBuilder from(String base) throws InvalidImageReferenceException {
    if (base.equals(NO_BASE)) return Jib.fromScratch();
    Path file = Path.of(base);
    if (Files.isRegularFile(file)) return Jib.from(TarImage.at(file));
    return Jib.from(RegistryImage.named(base));
  }

  private static CannotMake cannotMake(String base, Exception e) {
    Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
    return new CannotMake(
        "the image could not be made on the base %s (%s)".formatted(base, cause.getMessage()),
        "give another base by --base NAME, an image saved as a tar by --base FILE, or none by"
            + " --base none");
  }

  private static String architecture() {
    String arch = System.getProperty("os.arch");
    return switch (arch) {
      case "aarch64" -> "arm64";
      default -> arch;
    };
  }

  private boolean isRuntime(Path path) {
    return path.startsWith(stage.runtime());
  }

  private boolean isJar(Path path) {
    return path.toString().endsWith(".jar") && path.startsWith(stage.folder().resolve("lib"));
  }

  private static boolean isOwnJar(Path path) {
    return path.getFileName().toString().startsWith("oriel-");
  }

  private FileEntriesLayer layer(String name, Predicate<Path> which) throws IOException {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
    for (Path path : stage.entries()) {
      if (Files.isRegularFile(path) && which.test(path)) add(layer, path);
    }
    return layer.build();
  }

  private FileEntriesLayer program(Path options) throws IOException {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("program");
    for (Path path : stage.entries()) {
      boolean isElsewhere = isRuntime(path) || (isJar(path) && !isOwnJar(path));
      if (Files.isRegularFile(path) && !isElsewhere) add(layer, path);
    }
    Path file = Files.writeString(options.resolve("image.options"), options());
    layer.addEntry(
        file,
        AbsoluteUnixPath.get(HOME + "/image.options"),
        FilePermissions.DEFAULT_FILE_PERMISSIONS,
        Stage.TIME);
    layer.addEntry(
        options,
        AbsoluteUnixPath.get(DATA),
        FilePermissions.DEFAULT_FOLDER_PERMISSIONS,
        Stage.TIME,
        USER);
    return layer.build();
  }

  private void add(FileEntriesLayer.Builder layer, Path path) {
    layer.addEntry(
        path,
        AbsoluteUnixPath.get(HOME + "/" + stage.folder().relativize(path)),
        Files.isExecutable(path)
            ? FilePermissions.fromOctalString("755")
            : FilePermissions.DEFAULT_FILE_PERMISSIONS,
        Stage.TIME);
  }

  /** What the launcher says on the command line, as a file: a base may have no shell. */
  private String options() throws IOException {
    var text = new StringBuilder();
    for (String option : stage.jvm()) text.append(option).append('\n');
    if (Files.exists(stage.folder().resolve(Stage.CACHE))) {
      text.append("-XX:AOTCache=").append(HOME).append('/').append(Stage.CACHE).append('\n');
    }
    List<String> jars =
        stage.jars().stream().map(jar -> HOME + "/lib/" + jar.getFileName()).toList();
    return text.append("-cp ").append(String.join(":", jars)).append('\n').toString();
  }
}
