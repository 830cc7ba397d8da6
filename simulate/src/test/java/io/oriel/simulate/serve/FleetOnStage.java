package io.oriel.simulate.serve;

import io.oriel.simulate.http.Answer;
import io.oriel.simulate.http.Question;
import io.oriel.simulate.world.Scenario;
import io.oriel.simulate.world.World;
import java.time.Instant;

/** A world and its systems, asked in memory, for tests. */
final class FleetOnStage {
  static final long START = Instant.parse("2026-03-04T09:00:00Z").toEpochMilli();

  final World world = new World(5, START);
  long nowMs = START;
  final Stage stage = new Stage(world, () -> nowMs);
  final Systems systems = new Systems(stage, _ -> 0, null);

  FleetOnStage after(int minutes) {
    nowMs += minutes * 60_000L;
    stage.now(() -> 0);
    return this;
  }

  void play(Scenario scenario) {
    world.go(scenario);
  }

  Answer get(String system, String target) {
    return ask(system, "GET", target, "");
  }

  Answer ask(String system, String method, String target, String body) {
    byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return served(system).answering().answer(Question.of(method, target, "", true, bytes));
  }

  Served served(String system) {
    if (system.equals("docker")) return systems.docker();
    return systems.byPort().stream()
        .filter(each -> each.name().equals(system))
        .findFirst()
        .orElseThrow();
  }

  Page page(String system) {
    return Page.of(get(system, "/metrics").body());
  }

  com.fasterxml.jackson.databind.JsonNode json(String system, String target) {
    try {
      return Json.MAPPER.readTree(get(system, target).body());
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }
}
