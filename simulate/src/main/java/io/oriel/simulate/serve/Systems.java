package io.oriel.simulate.serve;

import io.oriel.simulate.gpu.GpuReports;
import io.oriel.simulate.http.Answer;
import io.oriel.simulate.http.Answering;
import io.oriel.simulate.world.ModelServer;
import io.oriel.simulate.world.ServerSpec;
import io.oriel.simulate.world.World;
import java.util.ArrayList;
import java.util.List;

/** Every simulated system that answers by HTTP, in an order that stays: ports follow it. */
public final class Systems {
  private Systems() {}

  /** Makes them; they count from now on. */
  public static List<Served> of(Stage stage) {
    World world = stage.world();
    var all = new ArrayList<Served>();
    all.add(Served.open("nvml", "nvml", false, nvml(stage)));
    for (ModelServer server : world.servers()) {
      String name = server.spec().container();
      if (server.spec().engine() != ServerSpec.Engine.VLLM) continue;
      all.add(Served.open("vllm", name, true, stage.upToDate(new Vllm(world, server))));
    }
    return List.copyOf(all);
  }

  /** A machine that is down still says so here: this is no system but the way to one. */
  private static Answering nvml(Stage stage) {
    return _ -> Answer.json(stage.now(() -> GpuReports.of(stage.world())).toJson());
  }
}
