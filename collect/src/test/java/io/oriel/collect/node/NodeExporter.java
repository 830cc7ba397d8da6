package io.oriel.collect.node;

import io.oriel.model.Labels;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.opentest4j.TestAbortedException;

/** Debian's prometheus-node-exporter as a child process, with upstream's default filters. */
final class NodeExporter implements AutoCloseable {
  /** A page of it, parsed. */
  record Page(Map<Labels, Double> values, Map<String, String> types) {}

  private static final Path BINARY = Path.of("/usr/bin/prometheus-node-exporter");
  private static final Pattern LINE = Pattern.compile("([a-zA-Z_:0-9]+)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_0-9]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final Process process;
  private final URI address;
  private final HttpClient client = HttpClient.newHttpClient();

  private NodeExporter(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  static NodeExporter start() throws IOException, InterruptedException {
    if (!Files.isExecutable(BINARY)) {
      throw new TestAbortedException("skipped, nothing was compared: there is no " + BINARY);
    }
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                BINARY.toString(),
                "--web.listen-address=127.0.0.1:" + port,
                "--collector.interrupts",
                "--collector.processes",
                "--collector.tcpstat",
                "--collector.systemd",
                "--collector.netdev.device-exclude=",
                "--collector.diskstats.device-exclude=^(z?ram|loop|fd|(h|s|v|xv)d[a-z]|nvme\\d+n\\d+p)\\d+$",
                "--collector.filesystem.mount-points-exclude=^/(dev|proc|run/credentials/.+|sys|var/lib/docker/.+|var/lib/containers/storage/.+)($|/)")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    var exporter = new NodeExporter(process, URI.create("http://127.0.0.1:" + port + "/metrics"));
    exporter.awaitReady();
    return exporter;
  }

  private void awaitReady() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        page();
        return;
      } catch (IOException _) {
        process.waitFor(50, TimeUnit.MILLISECONDS); // the only thing there is to wait on
      }
    }
    close();
    throw new AssertionError("node_exporter did not answer within 20 s");
  }

  Page page() throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(address).build();
    var page = new Page(new TreeMap<>(), new HashMap<>());
    client.send(request, BodyHandlers.ofString()).body().lines().forEach(line -> read(line, page));
    return page;
  }

  private static void read(String line, Page page) {
    if (line.startsWith("# TYPE ")) {
      String[] words = line.split(" ", -1);
      page.types.put(words[2], words[3]);
      return;
    }
    Matcher sample = LINE.matcher(line);
    if (line.startsWith("#") || !sample.matches()) return;
    var labels = Labels.builder().set(Labels.NAME, sample.group(1));
    if (sample.group(2) != null) {
      Matcher label = LABEL.matcher(sample.group(2));
      while (label.find()) labels.set(label.group(1), label.group(2).replace("\\\\", "\\"));
    }
    page.values.put(labels.build(), value(sample.group(3)));
  }

  private static double value(String text) {
    return text.equals("NaN") ? Double.NaN : Double.parseDouble(text.replace("Inf", "Infinity"));
  }

  @Override
  public void close() {
    process.destroy();
    client.close();
  }
}
