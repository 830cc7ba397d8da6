package io.oriel.simulate.serve;

import io.oriel.simulate.gpu.GpuReports;
import io.oriel.simulate.http.Answer;
import io.oriel.simulate.http.Answering;
import io.oriel.simulate.world.ModelServer;
import io.oriel.simulate.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Every simulated system that answers by HTTP, in an order that stays: ports follow it. */
public final class Systems {
  private final Stage stage;
  private final Ledger ledger = new Ledger();
  private final List<Served> byPort = new ArrayList<>();
  private final Served docker;

  /**
   * Makes them; they count from now on.
   *
   * @param published the port at which a container's system answers; 0 for none
   * @param files where simulated files lie; null where nobody looks at files
   */
  public Systems(Stage stage, ToIntFunction<String> published, @Nullable FleetFiles files) {
    this.stage = stage;
    World world = stage.world();
    world.watch(ledger);
    byPort.add(Served.open("nvml", "nvml", false, nvml()));
    for (ModelServer server : world.servers()) byPort.add(modelServer(world, server));
    var litellm = new Litellm(world, ledger);
    byPort.add(new Served("litellm", "litellm", true, "", Litellm.KEY, stage.upToDate(litellm)));
    var langfuse = new Langfuse(world, ledger);
    byPort.add(
        new Served(
            "langfuse",
            "langfuse-web",
            false,
            Langfuse.PUBLIC_KEY,
            Langfuse.SECRET_KEY,
            stage.upToDate(langfuse)));
    add("qdrant", "qdrant", new Qdrant(world));
    add("n8n", "n8n", new N8n(world));
    add("training", io.oriel.simulate.world.Fleet.TRAINER, new Training(world));
    add("node", "node", new NodePage(world));
    var engine = new Docker(world, published, files);
    this.docker = Served.open("docker", "docker", false, stage.upToDate(engine));
  }

  private Served modelServer(World world, ModelServer server) {
    String name = server.spec().container();
    return switch (server.spec().engine()) {
      case VLLM -> Served.open("vllm", name, true, stage.upToDate(new Vllm(world, server)));
      case OLLAMA -> Served.open("ollama", name, false, stage.upToDate(new Ollama(world, server)));
      case LLAMA_CPP ->
          Served.open("llama.cpp", name, true, stage.upToDate(new LlamaCpp(world, server)));
    };
  }

  private void add(String kind, String name, Answering answering) {
    byPort.add(Served.open(kind, name, true, stage.upToDate(answering)));
  }

  /** A machine that is down still says so here: this is no system but the way to one. */
  private Answering nvml() {
    return _ -> Answer.json(stage.now(() -> GpuReports.of(stage.world())).toJson());
  }

  /** Those with a port each. */
  public List<Served> byPort() {
    return List.copyOf(byPort);
  }

  /** The daemon of containers, which answers at a socket in the file system. */
  public Served docker() {
    return docker;
  }
}
