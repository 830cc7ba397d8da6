package io.oriel.collect.gpu;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** A library with NVML's functions, built from a few lines of C by the machine's compiler. */
final class FakeLibrary {
  private static final List<String> COMPILERS =
      List.of("/usr/bin/cc", "/usr/bin/gcc", "/usr/bin/clang", "/usr/local/bin/cc");

  private FakeLibrary() {}

  /** Builds it, with these macros defined; skips the test where there is no compiler. */
  static String build(Path folder, String... macros) throws IOException, InterruptedException {
    String compiler =
        COMPILERS.stream()
            .filter(each -> Files.isExecutable(Path.of(each)))
            .findFirst()
            .orElseThrow(() ->
                new TestAbortedException(
                    "skipped, NVML's binding was not checked: there is no C compiler here"));
    Path source = folder.resolve("fake_nvml.c");
    try (InputStream in = FakeLibrary.class.getResourceAsStream("/gpu/fake_nvml.c")) {
      Files.write(source, Objects.requireNonNull(in).readAllBytes());
    }
    Path library = folder.resolve("libnvidia-ml.so.1");
    var command = new ArrayList<>(List.of(compiler, "-shared", "-fPIC", "-O1"));
    for (String macro : macros) command.add("-D" + macro);
    command.addAll(List.of("-o", library.toString(), source.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError("the fake library could not be built: " + said);
    }
    return library.toString();
  }
}
