package io.oriel.cli;

import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreConfig;
import io.oriel.metrics.inspect.StoredMetrics;
import io.oriel.model.Clock;
import io.oriel.model.limit.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code oriel tsdb snapshot}: a copy of the store that opens as a store. */
@Command(
    name = "snapshot",
    description = {
      "Copies the metrics store into a folder that then serves as --data.",
      "",
      "Of a stopped store: blocks are linked, so that the copy takes hardly any room; DIR lies on"
          + " the same file system. Of a running one: name it by --url; it writes the copy below"
          + " snapshots/ of its data folder and the name is printed (it needs --enable-admin-api)."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 done, 1 it could not be made, 2 wrong usage."})
final class TsdbSnapshot implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]+)\"");
  private static final Pattern ERROR = Pattern.compile("\"error\":\"((?:[^\"\\\\]|\\\\.)*)\"");

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private StoreFolder folder;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "A folder without a store in it; made where it is missing.")
  private @Nullable Path into;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "A running Oriel: http://127.0.0.1:23000")
  private @Nullable URI url;

  @Override
  public Integer call() throws InterruptedException {
    if ((url == null) == (into == null)) {
      throw new ParameterException(
          spec.commandLine(), "name DIR for a stopped store, or --url for a running one");
    }
    PrintWriter out = spec.commandLine().getOut();
    try {
      if (url != null) out.println("snapshots/" + ofRunning(url));
      else if (into != null) out.println(ofStopped(into));
      return Main.DONE;
    } catch (IOException e) {
      throw new Refusal.CannotStart(
          "the snapshot could not be made (" + e.getMessage() + ")",
          url == null ? "name a folder on the same file system" : "is Oriel running at " + url);
    }
  }

  private Path ofStopped(Path target) throws IOException {
    StoredMetrics.open(folder.data, StoreFolder.limits()).close(); // a store is not made by looking
    Files.createDirectories(target);
    try (var store = MetricStore.open(config(), Clock.system())) {
      store.snapshot(target);
    }
    return target;
  }

  /** Nothing is dropped for its age or for want of room while a copy is made. */
  private MetricStoreConfig config() {
    return MetricStoreConfig.in(folder.data)
        .withRetention(Duration.ofDays(36_500))
        .withFreeBytes(0)
        .withLimits(StoreFolder.limits());
  }

  private static String ofRunning(URI url) throws IOException, InterruptedException {
    URI call = URI.create(url.toString().replaceAll("/$", "") + "/api/v1/admin/tsdb/snapshot");
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(call).timeout(PATIENCE).POST(BodyPublishers.noBody());
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      Matcher name = NAME.matcher(answer.body());
      if (answer.statusCode() == 200 && name.find()) return name.group(1);
      Matcher error = ERROR.matcher(answer.body());
      throw new Refusal.CannotStart(
          "%s answered %d%s"
              .formatted(call, answer.statusCode(), error.find() ? ": " + error.group(1) : ""),
          "mend that, or stop Oriel and name DIR");
    }
  }
}
