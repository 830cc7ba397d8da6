package io.oriel.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.oriel.model.Labels;
import io.oriel.model.SampleColumns;
import io.oriel.wire.remotewrite.WriteEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hundred senders at once, each with a body that is small when packed and large when not, and
 * targets whose pages never end: a small process stays up, its memory is bounded, and others are
 * answered meanwhile.
 */
@Timeout(300)
class HostileBodiesTest {
  private static final List<String> SMALL = List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError");
  private static final int SENDERS = 100;
  private static final long MB = 1 << 20;

  /** The heap whole, and what a JVM with Jetty takes beside it: code, classes, buffers, stacks. */
  private static final long MOST_RESIDENT = 540 * MB;

  private static final String OTLP = "/v1/metrics";
  private static final String WRITE = "/api/v1/write";

  @TempDir Path folder;
  private final HttpClient crowd =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpClient bystander =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, Integer> answers = new TreeMap<>();
  private long slowestMs;

  private int push(HttpClient by, OrielProcess oriel, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(oriel.url() + path))
            .timeout(Duration.ofMinutes(2))
            .headers(headers)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return by.send(request, BodyHandlers.ofString()).statusCode();
  }

  private int pushOtlp(OrielProcess oriel, byte[] packed) throws Exception {
    return push(
        crowd,
        oriel,
        OTLP,
        packed,
        "Content-Type",
        "application/x-protobuf",
        "Content-Encoding",
        "gzip");
  }

  private int pushJson(HttpClient by, OrielProcess oriel, byte[] packed) throws Exception {
    return push(
        by, oriel, OTLP, packed, "Content-Type", "application/json", "Content-Encoding", "gzip");
  }

  private int write(HttpClient by, OrielProcess oriel, byte[] block) throws Exception {
    return push(
        by,
        oriel,
        WRITE,
        block,
        "Content-Type",
        "application/x-protobuf",
        "Content-Encoding",
        "snappy");
  }

  /** One attack: how the body of each sender is handed in. */
  private interface Attack {
    int answer(int sender) throws Exception;
  }

  /** All senders at once; meanwhile somebody small is answered, again and again. */
  private void attack(String name, OrielProcess oriel, Attack attack) throws Exception {
    long begin = System.nanoTime();
    var codes = new TreeMap<Integer, Integer>();
    try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      var sent = new ArrayList<Future<Integer>>();
      for (int i = 0; i < SENDERS; i++) {
        int sender = i;
        Callable<Integer> push = () -> attack.answer(sender);
        sent.add(crowd.submit(push));
      }
      while (!sent.stream().allMatch(Future::isDone)) othersGoOn(oriel);
      for (Future<Integer> each : sent) codes.merge(each.get(), 1, Integer::sum);
    }
    System.out.printf(
        "hostile bodies: %s answers=%s took=%dms most_resident=%dMB slowest_other=%dms%n",
        name,
        codes,
        (System.nanoTime() - begin) / 1_000_000,
        oriel.mostResidentBytes() / MB,
        slowestMs);
    assertThat(codes.keySet()).as(name).isSubsetOf(200, 204, 400, 413, 422, 503);
    assertThat(oriel.mostResidentBytes()).as(name).isLessThan(MOST_RESIDENT);
    slowestMs = 0;
  }

  private void othersGoOn(OrielProcess oriel) throws Exception {
    long begin = System.nanoTime();
    answers.merge("write " + write(bystander, oriel, small()), 1, Integer::sum);
    answers.merge("otlp " + pushJson(bystander, oriel, smallJson()), 1, Integer::sum);
    assertThat(oriel.get("/-/ready")).isNotBlank();
    assertThat(oriel.get("/api/v1/query?query=bystander")).contains("\"success\"");
    slowestMs = Math.max(slowestMs, (System.nanoTime() - begin) / 1_000_000);
  }

  private static byte[] small() {
    var samples = new SampleColumns();
    samples.add(System.currentTimeMillis(), 1);
    return new WriteEncoder().series(Labels.of("__name__", "bystander"), samples).body();
  }

  private static byte[] smallJson() throws IOException {
    String json =
        ("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"bystander_otlp\","
                + "\"gauge\":{\"dataPoints\":[{\"timeUnixNano\":\"%d000000\",\"asDouble\":1}]}}]}]}]}")
            .formatted(System.currentTimeMillis());
    var packed = new java.io.ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(packed)) {
      zip.write(json.getBytes(UTF_8));
    }
    return packed.toByteArray();
  }

  private void isStillWell(OrielProcess oriel) throws Exception {
    assertThat(oriel.isAlive()).isTrue();
    assertThat(oriel.output()).doesNotContain("OutOfMemoryError").doesNotContain("defect");
    assertThat(oriel.get("/api/v1/query?query=bystander")).contains("\"1\"");
    System.out.println("hostile bodies: others " + answers);
  }

  @Test
  void otlp_that_unpacks_to_thirty_megabytes_of_names_texts_and_exemplars() throws Exception {
    byte[][] names = {Bombs.names(0), Bombs.names(1), Bombs.names(2), Bombs.names(3)};
    byte[][] series = {Bombs.series(0), Bombs.series(1)};
    byte[][] shorts = {Bombs.shortSeries(0), Bombs.shortSeries(1)};
    byte[] name = Bombs.name();
    byte[] help = Bombs.help();
    byte[] attribute = Bombs.attribute();
    byte[] exemplars = Bombs.exemplars();
    try (var oriel = OrielProcess.upWith(SMALL, folder, "--no-collectors")) {
      othersGoOn(oriel);

      attack("names", oriel, i -> pushOtlp(oriel, names[i % names.length]));
      attack("long series", oriel, i -> pushOtlp(oriel, series[i % series.length]));
      attack("short series", oriel, i -> pushOtlp(oriel, shorts[i % shorts.length]));
      attack("one name", oriel, _ -> pushOtlp(oriel, name));
      attack("one help", oriel, _ -> pushOtlp(oriel, help));
      attack("one attribute", oriel, _ -> pushOtlp(oriel, attribute));
      attack("exemplars", oriel, _ -> pushOtlp(oriel, exemplars));

      isStillWell(oriel);
      assertThat(answers).containsOnlyKeys("otlp 200", "write 204");
    }
  }

  @Test
  void json_and_a_gigabyte_in_a_megabyte() throws Exception {
    byte[] json = Bombs.json();
    byte[] text = Bombs.jsonText();
    byte[] gibibyte = Bombs.gibibyte();
    byte[] lying = Bombs.lyingSnappy();
    byte[] snappy = Bombs.snappy();
    byte[][] series = {Bombs.snappySeries(0), Bombs.snappySeries(1)};
    try (var oriel = OrielProcess.upWith(SMALL, folder, "--no-collectors")) {
      othersGoOn(oriel);

      attack("json of numbers", oriel, _ -> pushJson(crowd, oriel, json));
      attack("json of one text", oriel, _ -> pushJson(crowd, oriel, text));
      attack("gigabyte of otlp", oriel, _ -> pushOtlp(oriel, gibibyte));
      attack("gigabyte of json", oriel, _ -> pushJson(crowd, oriel, gibibyte));
      attack("gigabyte of remote write", oriel, _ -> write(crowd, oriel, lying));
      attack("remote write of one name", oriel, _ -> write(crowd, oriel, snappy));
      attack("remote write of series", oriel, i -> write(crowd, oriel, series[i % series.length]));

      isStillWell(oriel);
      assertThat(answers).containsOnlyKeys("otlp 200", "write 204");
    }
  }

  @Test
  void pages_without_end_and_pages_of_nothing_but_short_lines() throws Exception {
    HttpServer targets = hostileTargets();
    try (var oriel =
        OrielProcess.upWith(
            SMALL,
            folder,
            "--no-collectors",
            "--prometheus-config",
            scrapeConfig(targets.getAddress().getPort()).toString())) {
      othersGoOn(oriel);
      Await.until(
          "each hostile target was asked and is down",
          Duration.ofMinutes(2),
          () -> {
            othersGoOn(oriel);
            return oriel.get("/api/v1/query?query=count(up==0)").contains("\"40\"]");
          });
      Await.until(
          "the good target is up beside them",
          Duration.ofSeconds(60),
          () ->
              oriel
                  .get(
                      "/api/v1/query?query=up{job=\"good\"}"
                          .replace("\"", "%22")
                          .replace("{", "%7B")
                          .replace("}", "%7D"))
                  .contains("\"1\"]"));

      System.out.printf(
          "hostile bodies: pages most_resident=%dMB slowest_other=%dms%n",
          oriel.mostResidentBytes() / MB, slowestMs);
      assertThat(oriel.mostResidentBytes()).isLessThan(MOST_RESIDENT);
      String told = oriel.get("/api/v1/targets");
      assertThat(told)
          .containsAnyOf("is larger than", "other targets' large pages held all memory")
          .contains("limits.scrape_samples");
      isStillWell(oriel);
      assertThat(answers).containsOnlyKeys("otlp 200", "write 204");
    } finally {
      targets.stop(0);
    }
  }

  private HttpServer hostileTargets() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    byte[] line = "endless{a=\"b\"} 1\n".repeat(4096).getBytes(UTF_8);
    byte[] shorts = "a 1\n".repeat(200_000).getBytes(UTF_8);
    byte[] gibibyte = Bombs.gibibyte();
    server.createContext(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            while (true) out.write(line);
          } catch (IOException _) { // it had enough
          }
        });
    server.createContext(
        "/packed",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          answer(exchange, gibibyte);
        });
    server.createContext("/shorts", exchange -> answer(exchange, shorts));
    server.createContext("/good", exchange -> answer(exchange, "good 1\n".getBytes(UTF_8)));
    server.start();
    return server;
  }

  private static void answer(com.sun.net.httpserver.HttpExchange exchange, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    } catch (IOException _) { // it had enough
    }
  }

  private Path scrapeConfig(int port) throws IOException {
    var jobs =
        new StringBuilder("global: {scrape_interval: 3s, scrape_timeout: 3s}\nscrape_configs:\n");
    for (int i = 0; i < 40; i++) {
      String path = List.of("endless", "endless", "packed", "shorts").get(i % 4);
      jobs.append(
          "  - {job_name: bad%d, metrics_path: /%s, static_configs: [{targets: [\"127.0.0.1:%d\"]}]}%n"
              .formatted(i, path, port));
    }
    jobs.append(
        "  - {job_name: good, metrics_path: /good, static_configs: [{targets: [\"127.0.0.1:%d\"]}]}%n"
            .formatted(port));
    return Files.writeString(folder.resolve("prometheus.yml"), jobs);
  }
}
