package io.oriel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.oriel.model.limit.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code oriel simulate scenario}: asks a running simulation what befalls it, or switches it. */
@Command(
    name = "scenario",
    description = {
      "Switches a running simulated fleet to another scenario; without NAME, lists them.",
      "",
      "Does so for an oriel simulate, and for an Oriel started with --demo."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 done, 1 nobody answered or refused, 2 wrong usage."})
final class SimulateScenario implements Callable<Integer> {
  private static final String PATH = "/api/v1/oriel/scenario";
  private static final List<URI> USUAL =
      List.of(
          URI.create("http://127.0.0.1:" + Simulate.CONTROL_PORT),
          URI.create("http://127.0.0.1:23000"));
  private static final Duration PATIENCE = Duration.ofSeconds(60); // with a long past
  private static final JsonMapper JSON = new JsonMapper();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "One of those that are listed.")
  private @Nullable String name;

  @Option(
      names = "--at",
      paramLabel = "URL",
      converter = UrlValue.class,
      description =
          "The simulator's control port, or an Oriel started with --demo (default: 127.0.0.1, port"
              + " 24000, or else 23000).")
  private @Nullable URI at;

  @Override
  public Integer call() throws InterruptedException {
    URI asked = at;
    List<URI> places = asked == null ? USUAL : List.of(asked);
    try (var http = HttpClient.newHttpClient()) {
      for (URI place : places) {
        HttpResponse<String> answer = ask(http, place);
        if (answer != null) return say(place, answer);
      }
    }
    throw new Refusal.CannotStart(
        "no simulated fleet answers at "
            + String.join(" or ", places.stream().map(URI::toString).toList()),
        "start oriel simulate or oriel up --demo, and name it by --at");
  }

  /** Null where nobody listens. */
  private @Nullable HttpResponse<String> ask(HttpClient http, URI place)
      throws InterruptedException {
    String query = name == null ? "" : "?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    var request = HttpRequest.newBuilder(URI.create(place + PATH + query)).timeout(PATIENCE);
    if (name != null) request.PUT(BodyPublishers.noBody());
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (ConnectException e) {
      return null;
    } catch (IOException e) {
      throw new Refusal.CannotStart(
          "%s could not be asked (%s)".formatted(place, e.getMessage()),
          "name the simulator's control port, or an Oriel started with --demo");
    }
  }

  private int say(URI place, HttpResponse<String> answer) {
    JsonNode told = json(answer);
    if (answer.statusCode() != 200) {
      String why = told.path("error").asText("");
      throw new Refusal.CannotStart(
          "%s answered %d%s".formatted(place, answer.statusCode(), why.isEmpty() ? "" : ": " + why),
          "oriel simulate scenario lists what there is");
    }
    PrintWriter out = spec.commandLine().getOut();
    String now = told.path("scenario").asText();
    if (name != null) out.println("%s plays %s now".formatted(place, now));
    else list(told, now, out);
    return Main.DONE;
  }

  private static void list(JsonNode told, String now, PrintWriter out) {
    for (JsonNode each : told.path("scenarios")) {
      String key = each.path("name").asText();
      String mark = key.equals(now) ? "*" : " ";
      out.println("%s %-20s %s".formatted(mark, key, each.path("words").asText()));
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      return JSON.createObjectNode(); // somebody else answers there
    }
  }
}
