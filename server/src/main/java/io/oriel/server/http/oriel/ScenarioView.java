package io.oriel.server.http.oriel;

import io.oriel.model.limit.Refusal;
import io.oriel.server.http.Answer;
import io.oriel.server.http.Call;
import io.oriel.server.http.JsonOut;
import io.oriel.server.http.Route;
import io.oriel.simulate.SimulatedFleet;
import io.oriel.simulate.world.Scenario;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/** What befalls the simulated fleet of a demo, and the switch. */
public final class ScenarioView {
  private static final String PATH = "/api/v1/oriel/scenario";

  private final Optional<SimulatedFleet> fleet;
  private final DoubleSupplier past;

  private ScenarioView(Optional<SimulatedFleet> fleet, DoubleSupplier past) {
    this.fleet = fleet;
    this.past = past;
  }

  /**
   * Its routes.
   *
   * @param fleet empty: every answer says that nothing is simulated
   * @param past how much of the fleet's past has been written: 0 to 1
   */
  public static List<Route> routes(Optional<SimulatedFleet> fleet, DoubleSupplier past) {
    var view = new ScenarioView(fleet, past);
    return List.of(
        Route.get(PATH, "Which scenario the simulated fleet of a demo plays", _ -> view.answer()),
        Route.change(
            PATH, "Switches the simulated fleet of a demo to the scenario name=", view::change));
  }

  private SimulatedFleet fleet() {
    return fleet.orElseThrow(() ->
        new Refusal.NotFound(
            "this Oriel watches no simulated fleet, so no scenario plays", "start it with --demo"));
  }

  private Answer answer() {
    Scenario now = fleet().scenario();
    return Answer.json(out -> {
      out.object().field("scenario", now.key()).field("pastWritten", past.getAsDouble());
      out.name("scenarios").array();
      for (Scenario each : Scenario.values()) write(each, out);
      out.end().end();
    });
  }

  private static void write(Scenario scenario, JsonOut out) throws IOException {
    out.object().field("name", scenario.key()).field("words", scenario.words()).end();
  }

  private Answer change(Call call) {
    SimulatedFleet fleet = fleet();
    String name = call.required("name");
    Scenario next = Scenario.of(name);
    if (next == null) {
      String known =
          Arrays.stream(Scenario.values()).map(Scenario::key).collect(Collectors.joining(", "));
      throw new Refusal.BadRequest("there is no scenario " + name, "choose one of " + known);
    }
    fleet.scenario(next);
    return answer();
  }
}
