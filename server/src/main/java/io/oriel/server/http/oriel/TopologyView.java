package io.oriel.server.http.oriel;

import io.oriel.collect.catalogue.Topology;
import io.oriel.collect.gpu.NvmlProcess;
import io.oriel.collect.gpu.SeenGpu;
import io.oriel.server.http.Answer;
import io.oriel.server.http.Call;
import io.oriel.server.http.JsonOut;
import io.oriel.server.http.Route;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** The map from GPU to process, container, model and gateway as data. */
public final class TopologyView {
  private static final int USUAL = 1_000; // processes, and what is loose
  private static final int MOST = 10_000;

  private final Supplier<Topology> topology;

  private TopologyView(Supplier<Topology> topology) {
    this.topology = topology;
  }

  /**
   * Its route.
   *
   * @param topology as of now
   */
  public static Route route(Supplier<Topology> topology) {
    var view = new TopologyView(topology);
    return Route.get(
        "/api/v1/oriel/topology",
        "The map from GPU to process, container and model; each link says how it was found",
        view::answer);
  }

  private Answer answer(Call call) {
    int rows = RowLimit.of(call, USUAL, MOST);
    Topology now = topology.get();
    int processes = now.gpus().stream().mapToInt(each -> each.holders().size()).sum();
    return Answer.json(out -> {
      out.object().field("processes", processes).field("looseTotal", now.loose().size());
      out.name("gpus").array();
      int left = rows;
      for (Topology.OnGpu each : now.gpus()) {
        int shown = Math.min(left, each.holders().size());
        write(out, each.gpu(), each.holders().subList(0, shown));
        left -= shown;
      }
      out.end().name("loose").array();
      for (Topology.Loose each : now.loose().subList(0, Math.min(rows, now.loose().size()))) {
        out.object()
            .field("kind", each.kind())
            .field("name", each.name())
            .field("reason", each.reason())
            .end();
      }
      out.end().end();
    });
  }

  private static void write(JsonOut out, SeenGpu gpu, List<Topology.Holder> holders)
      throws IOException {
    out.object()
        .field("index", gpu.index())
        .field("uuid", gpu.uuid())
        .field("name", gpu.name())
        .field("busId", gpu.busId())
        .name("memoryBytes");
    numberOrNull(out, gpu.memoryBytes(), gpu.memoryBytes() > 0);
    out.field("lost", gpu.isLost()).name("instances").array();
    for (SeenGpu.Instance each : gpu.instances()) {
      out.object()
          .field("gpuInstance", each.gpuInstance())
          .field("computeInstance", each.computeInstance())
          .field("uuid", each.uuid())
          .field("profile", each.profile())
          .end();
    }
    out.end().name("processes").array();
    for (Topology.Holder each : holders) write(out, each);
    out.end().end();
  }

  private static void write(JsonOut out, Topology.Holder holder) throws IOException {
    NvmlProcess process = holder.process().process();
    out.object()
        .field("pid", process.pid())
        .field("name", holder.process().name())
        .field("how", holder.how())
        .name("memoryBytes");
    numberOrNull(out, process.usedBytes(), process.usedBytes() >= 0);
    out.name("gpuInstance");
    numberOrNull(out, process.gpuInstance(), process.gpuInstance() >= 0);
    Topology.Home home = holder.home();
    out.name("container");
    if (home.id().isEmpty()) {
      out.nothing();
    } else {
      out.object()
          .field("id", home.id())
          .field("name", home.name())
          .field("image", home.image())
          .field("how", home.how())
          .end();
    }
    out.name("models").array();
    for (Topology.Served each : home.served()) write(out, each);
    out.end().field("reason", home.reason()).end();
  }

  private static void write(JsonOut out, Topology.Served served) throws IOException {
    out.object()
        .field("name", served.model())
        .field("engine", served.engine())
        .field("endpoint", served.endpoint())
        .field("how", served.how())
        .name("gateways")
        .array();
    for (Topology.Offered each : served.offered()) {
      out.object()
          .field("name", each.name())
          .field("gateway", each.gateway())
          .field("how", each.how())
          .end();
    }
    out.end().field("reason", served.notOffered()).end();
  }

  private static void numberOrNull(JsonOut out, long number, boolean isKnown) throws IOException {
    if (isKnown) out.value(number);
    else out.nothing();
  }
}
