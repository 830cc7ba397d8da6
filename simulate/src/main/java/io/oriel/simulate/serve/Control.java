package io.oriel.simulate.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oriel.simulate.http.Answer;
import io.oriel.simulate.http.Answering;
import io.oriel.simulate.http.Question;
import io.oriel.simulate.world.Scenario;
import io.oriel.simulate.world.World;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * The simulator's own API: which scenario plays and which there are, as Oriel's API tells it too;
 * {@code PUT} or {@code POST} with {@code ?name=} switches. And where the systems answer.
 */
public final class Control implements Answering {
  /** The scenario: the same path as in Oriel's API, so that one way of asking does for both. */
  public static final String SCENARIO = "/api/v1/oriel/scenario";

  /** Where the systems answer, and where their files lie. */
  public static final String ENDPOINTS = "/endpoints";

  /**
   * Where a system answers.
   *
   * @param uri with scheme, host and port, or a socket in the file system
   */
  public record Place(Served served, String uri) {}

  private final Stage stage;
  private final Path proc;
  private final Consumer<Scenario> switching;
  private volatile List<Place> places = List.of();

  /**
   * @param proc where the simulated {@code /proc} lies
   * @param switching goes over to a scenario
   */
  public Control(Stage stage, Path proc, Consumer<Scenario> switching) {
    this.stage = stage;
    this.proc = proc.toAbsolutePath();
    this.switching = switching;
  }

  /** From now on these systems answer. */
  public void tell(List<Place> all) {
    places = List.copyOf(all);
  }

  @Override
  public Answer answer(Question question) {
    boolean isGet = question.method().equals("GET");
    return switch (question.path()) {
      case SCENARIO -> isGet ? stage.now(this::told) : go(question);
      case ENDPOINTS -> isGet ? endpoints() : error(405, "ask by GET");
      default -> Answer.NOT_FOUND;
    };
  }

  private Answer go(Question question) {
    boolean isSwitch = question.method().equals("POST") || question.method().equals("PUT");
    if (!isSwitch) return error(405, "switch by PUT or POST");
    Scenario scenario = Scenario.of(question.parameter("name"));
    if (scenario == null) return error(404, "there is no such scenario; GET lists them");
    switching.accept(scenario);
    return stage.now(this::told);
  }

  private static Answer error(int status, String words) {
    return Answer.json(status, "{\"error\":\"" + words + "\"}");
  }

  private Answer endpoints() {
    ObjectNode told = Json.object();
    told.put("proc", proc.toString());
    ArrayNode all = told.putArray("endpoints");
    for (Place each : places) {
      Served served = each.served();
      all.addObject()
          .put("kind", served.kind())
          .put("name", served.name())
          .put("uri", each.uri())
          .put("metrics", served.metrics())
          .put("user", served.user())
          .put("secret", served.secret());
    }
    return Json.answer(told);
  }

  private Answer told() {
    World world = stage.world();
    ObjectNode told = Json.object();
    told.put("scenario", world.scenario().key()).put("now", world.nowMs());
    ArrayNode all = told.putArray("scenarios");
    for (Scenario each : Scenario.values()) {
      all.addObject().put("name", each.key()).put("words", each.words());
    }
    return Json.answer(told);
  }
}
