package io.oriel.simulate.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oriel.simulate.http.Answer;
import io.oriel.simulate.http.Answering;
import io.oriel.simulate.http.Question;
import io.oriel.simulate.world.Scenario;
import io.oriel.simulate.world.World;

/**
 * The simulator's own API: {@code GET /scenario} tells which one plays and which there are, {@code
 * POST /scenario/NAME} switches.
 */
public final class Control implements Answering {
  private static final String PATH = "/scenario";

  private final Stage stage;

  public Control(Stage stage) {
    this.stage = stage;
  }

  @Override
  public Answer answer(Question question) {
    String path = question.path();
    if (path.equals(PATH) && question.method().equals("GET")) return stage.now(this::told);
    if (!path.startsWith(PATH + "/")) return Answer.NOT_FOUND;
    if (!question.method().equals("POST")) {
      return Answer.json(405, "{\"error\":\"switch by POST\"}");
    }
    Scenario scenario = Scenario.of(path.substring(PATH.length() + 1));
    if (scenario == null) {
      return Answer.json(404, "{\"error\":\"no such scenario; GET /scenario lists them\"}");
    }
    return stage.now(() -> {
      stage.world().go(scenario);
      return told();
    });
  }

  private Answer told() {
    World world = stage.world();
    ObjectNode told = Json.object();
    told.put("scenario", world.scenario().key()).put("now", Json.time(world.nowUs()));
    ArrayNode all = told.putArray("scenarios");
    for (Scenario each : Scenario.values()) {
      all.addObject().put("name", each.key()).put("words", each.words());
    }
    return Json.answer(told);
  }
}
