package io.oriel.dist;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * What other machines get, unpacked and started where nothing else is: no JDK, no Maven, a clean
 * environment. Made once for all tests, without a start-up cache.
 */
@Timeout(600)
class DistTest {
  private static final Path ROOT = Path.of(System.getProperty("oriel.root"));
  private static final Path LIB = ROOT.resolve("cli/target/lib");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern DIGEST = Pattern.compile("sha256:([0-9a-f]{64})");

  @TempDir static Path made;
  private static Path unpacked;
  @TempDir Path folder;

  @BeforeAll
  static void make() throws Exception {
    assumeThat(LIB.resolve("oriel-cli-0.1.0.jar"))
        .as("skipped: no jars in %s; mvn package makes them before these tests", LIB)
        .exists();
    assertThat(dist(made, "none")).isZero();
    Path tar;
    try (Stream<Path> files = Files.list(made)) {
      tar = files.filter(file -> file.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
    }
    Run.of(List.of("/bin/tar", "-xzf", tar.toString(), "-C", made.toString()));
    unpacked = made.resolve("oriel-0.1.0");
  }

  private static int dist(Path out, String base) {
    return new CommandLine(new Main())
        .execute(
            "--root=" + ROOT,
            "--lib=" + LIB,
            "--jdk=" + System.getProperty("java.home"),
            "--version=0.1.0",
            "--jvm=-XX:+UseSerialGC -XX:+UseCompactObjectHeaders"
                + " --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow",
            "--no-cache",
            "--out=" + out,
            "--base=" + base);
  }

  @Test
  void the_agent_starts_without_a_jdk_and_is_scraped() throws Exception {
    int port = free();
    Process agent =
        start(
            "agent",
            "--data=" + folder.resolve("data"),
            "--port=node=" + port,
            "--port=container=0",
            "--port=gpu=0");
    try {
      await(agent, "http://127.0.0.1:" + port + "/-/ready");
      assertThat(get("http://127.0.0.1:" + port + "/metrics").body()).contains("node_load1 ");
    } finally {
      end(agent);
    }
  }

  @Test
  void oriel_itself_starts_without_a_jdk_and_answers_a_query() throws Exception {
    int port = free();
    Process oriel = start("up", "--data=" + folder.resolve("data"), "--port=" + port);
    try {
      await(oriel, "http://127.0.0.1:" + port + "/-/ready");
      assertThat(get("http://127.0.0.1:" + port + "/api/v1/query?query=1%2B1").body())
          .contains("\"2\"");
    } finally {
      end(oriel);
    }
  }

  @Test
  void the_launcher_is_found_through_a_link_and_knows_its_version() throws Exception {
    Path link = Files.createSymbolicLink(made.resolve("link"), Path.of("oriel-0.1.0/oriel"));

    assertThat(Run.of(List.of(link.toString(), "version"))).startsWith("oriel 0.1.0");
  }

  @Test
  void the_image_is_whole_and_starts_java_by_itself() throws Exception {
    Map<String, byte[]> image = read(find("no-base.tar"));
    String manifest = text(image, digestIn(text(image, "index.json")));
    List<String> digests = new ArrayList<>();
    Matcher each = DIGEST.matcher(manifest);
    while (each.find()) digests.add(each.group(1));

    assertThat(text(image, "oci-layout")).contains("imageLayoutVersion");
    for (String digest : digests) { // the configuration and the layers
      byte[] blob = blob(image, digest);
      assertThat(sha256(blob)).as("the blob is what it is called").isEqualTo(digest);
    }
    assertThat(text(image, digests.getFirst()))
        .contains("\"/opt/oriel/runtime/bin/java\",\"@/opt/oriel/image.options\"")
        .contains("\"Cmd\":[\"agent\"]", "\"User\":\"65532:65532\"");
    var files = new TreeMap<String, Integer>();
    for (String layer : digests.subList(1, digests.size())) {
      files.putAll(modes(blob(image, layer)));
    }
    assertThat(files)
        .containsEntry("opt/oriel/runtime/bin/java", 0755)
        .containsEntry("opt/oriel/image.options", 0644)
        .containsKey("opt/oriel/lib/oriel-cli-0.1.0.jar");
  }

  @Test
  void a_base_saved_as_a_file_is_stood_upon() throws Exception {
    Path base = find("no-base.tar"); // any saved image will do
    Path out = Files.createDirectory(folder.resolve("out"));
    var stage = new Stage(unpacked, List.of("-Xss512k"));
    Path docker = dockerArchive(base);

    new Image(stage, "0.1.0").write(docker.toString(), out.resolve("image.tar"));

    Map<String, byte[]> image = read(out.resolve("image.tar"));
    String manifest = text(image, digestIn(text(image, "index.json")));
    assertThat(DIGEST.matcher(manifest).results().count())
        .isEqualTo(1 + 1 + 3); // config, base, ours
  }

  /** An image of one small layer, in the form that docker save writes. */
  private Path dockerArchive(Path any) throws Exception {
    assertThat(any).exists();
    Path file = Files.writeString(folder.resolve("libc"), "no library at all\n");
    Path archive = folder.resolve("base.tar");
    Jib.fromScratch()
        .addLayer(List.of(file), AbsoluteUnixPath.get("/lib"))
        .containerize(Containerizer.to(TarImage.at(archive).named("base")));
    return archive;
  }

  @Test
  void a_base_that_is_not_there_is_said_with_what_to_do() throws Exception {
    var stage = new Stage(unpacked, List.of("-Xss512k"));
    var image = new Image(stage, "0.1.0");

    assertThat(
            catchThrowable(() -> image.write("localhost:1/nobody:1", folder.resolve("image.tar"))))
        .isInstanceOf(CannotMake.class)
        .hasMessageContaining("localhost:1/nobody:1")
        .hasMessageContaining("--base none");
    assertThat(folder.resolve("image.tar")).doesNotExist();
  }

  @Test
  void the_same_input_gives_the_same_bytes() throws Exception {
    Path some = folder.resolve("some");
    Stage stage = small(some);
    Path one = folder.resolve("one.tar.gz");
    Path two = folder.resolve("two.tar.gz");
    Tarball.write(stage, one);

    Tarball.write(small(folder.resolve("other/some")), two);

    assertThat(two).hasSameBinaryContentAs(one);
  }

  private Stage small(Path at) throws IOException {
    Path jar = Files.createDirectories(folder.resolve("jars")).resolve("a.jar");
    Files.writeString(jar, "not really");
    return Stage.of(Files.createDirectories(at), List.of(jar), List.of("-Xss512k"), List.of());
  }

  private static Path find(String end) throws IOException {
    try (Stream<Path> files = Files.list(made)) {
      return files.filter(file -> file.toString().endsWith(end)).findFirst().orElseThrow();
    }
  }

  /** In an environment where no JDK can be found: the PATH has the shell's own tools alone. */
  private Process start(String... arguments) throws IOException {
    var command = new ArrayList<>(List.of(unpacked.resolve("oriel").toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("log").toFile());
    builder.directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", tools().toString());
    return builder.start();
  }

  private Path tools() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    for (String tool : List.of("dirname", "readlink", "date")) {
      Path copy = bin.resolve(tool);
      if (!Files.exists(copy)) Files.copy(Path.of("/usr/bin", tool), copy, COPY_ATTRIBUTES);
    }
    return bin;
  }

  private void await(Process process, String url) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      if (!process.isAlive()) break;
      try {
        if (get(url).statusCode() == 200) return;
      } catch (IOException _) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    throw new AssertionError(
        "no answer at " + url + ":\n" + Files.readString(folder.resolve("log")));
  }

  private static HttpResponse<String> get(String url) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30)).build();
      return http.send(request, BodyHandlers.ofString());
    }
  }

  private static void end(Process process) {
    process.destroy();
    process.onExit().completeOnTimeout(process, 30, TimeUnit.SECONDS).join();
    if (process.isAlive()) process.destroyForcibly().onExit().join();
  }

  private static int free() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Map<String, byte[]> read(Path archive) throws IOException {
    var files = new TreeMap<String, byte[]>();
    try (var tar = new TarArchiveInputStream(Files.newInputStream(archive))) {
      for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
        if (entry.isFile()) files.put(entry.getName(), tar.readAllBytes());
      }
    }
    return files;
  }

  private static Map<String, Integer> modes(byte[] layer) throws IOException {
    var modes = new TreeMap<String, Integer>();
    try (InputStream in = new GzipCompressorInputStream(new ByteArrayInputStream(layer));
        var tar = new TarArchiveInputStream(in)) {
      for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
        modes.put(entry.getName(), entry.getMode() & 0777);
      }
    }
    return modes;
  }

  private static String digestIn(String json) {
    Matcher digest = DIGEST.matcher(json);
    assertThat(digest.find()).as(json).isTrue();
    return digest.group(1);
  }

  private static String text(Map<String, byte[]> image, String name) {
    byte[] bytes = image.get(name);
    return new String(bytes == null ? blob(image, name) : bytes, StandardCharsets.UTF_8);
  }

  private static byte[] blob(Map<String, byte[]> image, String digest) {
    return Objects.requireNonNull(image.get("blobs/sha256/" + digest), digest);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
