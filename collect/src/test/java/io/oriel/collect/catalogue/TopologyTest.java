package io.oriel.collect.catalogue;

import static io.oriel.collect.catalogue.Sample.container;
import static io.oriel.collect.catalogue.Sample.gateway;
import static io.oriel.collect.catalogue.Sample.gpu;
import static io.oriel.collect.catalogue.Sample.owner;
import static io.oriel.collect.catalogue.Sample.process;
import static io.oriel.collect.catalogue.Sample.vllm;
import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.catalogue.Topology.Home;
import io.oriel.collect.container.Container;
import io.oriel.collect.container.Containers;
import io.oriel.collect.container.ProcessOwner;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyTest {
  private final Container qwen = container("vllm-qwen", 24_001);

  private Home home(Topology topology) {
    return topology.gpus().getFirst().holders().getFirst().home();
  }

  @Test
  void from_the_gpu_to_the_gateways_name_every_link_says_how_it_was_found() {
    var gpus = List.of(gpu(0, process(4711, owner(qwen, 4711), "qwen3-32b")));
    var seen =
        List.of(
            vllm("qwen3-32b", "http://127.0.0.1:24001").done(),
            gateway("large", "qwen3-32b", "http://vllm-qwen:8000/v1").done());

    Topology topology = Topology.of(gpus, () -> List.of(qwen), seen);

    assertThat(topology.gpus().getFirst().holders().getFirst().how())
        .isEqualTo("NVML's list of the GPU's processes");
    Home home = home(topology);
    assertThat(home.name()).isEqualTo("vllm-qwen");
    assertThat(home.how()).isEqualTo("/proc/4711/cgroup");
    assertThat(home.reason()).isEmpty();
    assertThat(home.served())
        .singleElement()
        .satisfies(served -> {
          assertThat(served.model()).isEqualTo("qwen3-32b");
          assertThat(served.how())
              .containsExactly(
                  "http://127.0.0.1:24001 lists it: port 24001 is published for its port 8000",
                  "the command line of its container");
          assertThat(served.offered())
              .singleElement()
              .satisfies(offered -> {
                assertThat(offered.name()).isEqualTo("large");
                assertThat(offered.how())
                    .isEqualTo(
                        "it asks http://vllm-qwen:8000/v1: that is container vllm-qwen, since vllm-qwen"
                            + " is its name and 8000 its port");
              });
        });
    assertThat(topology.loose()).isEmpty();
  }

  @Test
  void a_process_outside_of_containers_stays_on_its_gpu_with_the_reason() {
    Topology topology =
        Topology.of(List.of(gpu(0, process(1234, null, ""))), Containers.NONE, List.of());

    assertThat(home(topology).reason())
        .startsWith("pid 1234: its control group names no container");
    assertThat(home(topology).served()).isEmpty();
  }

  @Test
  void a_container_that_serves_nothing_says_so() {
    var gpus = List.of(gpu(7, process(9, owner(qwen, 9), "")));

    Topology topology = Topology.of(gpus, () -> List.of(qwen), List.of());

    assertThat(home(topology).reason())
        .isEqualTo("no server of models is read at its ports, and its command line names no model");
  }

  @Test
  void a_name_of_the_command_line_alone_is_told_as_that() {
    var gpus = List.of(gpu(7, process(9, owner(qwen, 9), "qwen3-32b")));

    Topology topology = Topology.of(gpus, () -> List.of(qwen), List.of());

    assertThat(home(topology).served())
        .singleElement()
        .satisfies(served -> {
          assertThat(served.how()).containsExactly("the command line of its container");
          assertThat(served.notOffered()).isEqualTo("no server of it is read there");
        });
  }

  @Test
  void what_has_no_place_on_the_map_is_listed_with_the_reason() {
    var seen =
        List.of(
            vllm("elsewhere", "http://gpu9:8000").done(),
            vllm("qwen3-32b", "http://172.17.0.9:8000").done(),
            gateway("gpt-4o", "gpt-4o", "https://api.example.com").done());

    Topology topology = Topology.of(List.of(gpu(0)), () -> List.of(qwen), seen);

    assertThat(topology.loose())
        .extracting(each -> each.kind() + " " + each.name() + ": " + each.reason())
        .containsExactly(
            "container vllm-qwen: it was given GPUs (device request), but none of its processes"
                + " holds their memory now",
            "model qwen3-32b: http://172.17.0.9:8000 lists it: 172.17.0.9 is its address, but that"
                + " container is on no GPU",
            "model elsewhere: http://gpu9:8000 lists it, which is no container of this machine",
            "gateway name gpt-4o: it asks https://api.example.com, where no server is read here");
  }

  @Test
  void a_stored_model_that_is_not_loaded_is_on_no_gpu() {
    var gpus = List.of(gpu(7, process(9, owner(qwen, 9), "")));
    var unloaded =
        ModelSighting.of(ModelSighting.Role.SERVER, "phi4", "ollama")
            .tell(ModelField.ENDPOINT, "http://127.0.0.1:24001")
            .tell(ModelField.STATE, "unloaded");

    Topology topology = Topology.of(gpus, () -> List.of(qwen), List.of(unloaded.done()));

    assertThat(home(topology).served()).isEmpty();
    assertThat(home(topology).reason()).isEqualTo("the server at its ports has no model loaded");
  }

  @Test
  void a_container_that_was_listed_after_its_process_was_seen_has_its_name_nevertheless() {
    var early = new ProcessOwner.Owner("docker", qwen.id(), "0123456789ab", "", "/proc/9/cgroup");
    var gpus = List.of(gpu(7, process(9, early, "")));

    Topology topology = Topology.of(gpus, () -> List.of(qwen), List.of());

    assertThat(home(topology).name()).isEqualTo("vllm-qwen");
    assertThat(home(topology).image()).isEqualTo("vllm/vllm-openai:v0.26.0");
  }

  @Test
  void a_gateway_may_ask_for_the_repository_that_was_loaded() {
    var gpus = List.of(gpu(0, process(4711, owner(qwen, 4711), "qwen3-32b")));
    var seen =
        List.of(
            vllm("qwen3-32b", "http://127.0.0.1:24001")
                .tell(ModelField.SOURCE, "Qwen/Qwen3-32B")
                .done(),
            gateway("large", "Qwen/Qwen3-32B", "http://vllm-qwen:8000/v1").done());

    Topology topology = Topology.of(gpus, () -> List.of(qwen), seen);

    assertThat(home(topology).served().getFirst().offered())
        .singleElement()
        .satisfies(offered ->
            assertThat(offered.how())
                .startsWith(
                    "it asks http://vllm-qwen:8000/v1 for Qwen/Qwen3-32B, from which this was loaded"));
  }

  /** Where the map says that a gateway's name leads; empty where it does not know. */
  private String offered(String asks, String gatewayAt, Container... others) {
    var containers = new ArrayList<>(List.of(qwen));
    containers.addAll(List.of(others));
    var seen =
        List.of(
            vllm("qwen3-32b", "http://127.0.0.1:24001").done(),
            gateway("large", "qwen3-32b", asks, gatewayAt).done());
    var gpus = List.of(gpu(0, process(4711, owner(qwen, 4711), "qwen3-32b")));
    Topology topology = Topology.of(gpus, () -> containers, seen);
    List<Topology.Offered> offered = home(topology).served().getFirst().offered();
    return offered.isEmpty() ? topology.loose().getLast().reason() : offered.getFirst().how();
  }

  @Test
  void a_gateway_on_this_machine_means_this_machine_by_its_loopback() {
    for (String own : List.of("http://127.0.0.1:24001/v1", "http://localhost:24001")) {
      assertThat(offered(own, "http://127.0.0.1:4000")).contains("that is container vllm-qwen");
    }
  }

  @Test
  void a_gateway_in_a_container_means_that_container_by_its_loopback() {
    Container litellm = container("litellm", 4000);

    assertThat(offered("http://localhost:24001", "http://127.0.0.1:4000", litellm))
        .isEqualTo(
            "it asks http://localhost:24001, which is inside its own container litellm: what listens"
                + " there is not known");
    assertThat(offered("http://host.docker.internal:24001", "http://127.0.0.1:4000", litellm))
        .contains("that is container vllm-qwen");
  }

  @Test
  void a_gateway_in_a_container_with_the_hosts_network_means_this_machine() {
    Container litellm = container("litellm", 4000, "host");

    assertThat(offered("http://127.0.0.1:24001", "http://127.0.0.1:4000", litellm))
        .contains("that is container vllm-qwen");
  }

  @Test
  void a_gateway_elsewhere_means_its_own_machine_which_is_not_known() {
    for (String own : List.of("http://127.0.0.1:24001", "http://host.docker.internal:24001")) {
      assertThat(offered(own, "http://gw:4000"))
          .isEqualTo(
              "it asks %s, which is its own machine: whether that is this one is not known of a gateway at http://gw:4000"
                  .formatted(own));
    }
  }
}
