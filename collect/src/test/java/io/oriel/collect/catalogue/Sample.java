package io.oriel.collect.catalogue;

import io.oriel.collect.catalogue.ModelSighting.Role;
import io.oriel.collect.container.Container;
import io.oriel.collect.container.GpuRequest;
import io.oriel.collect.container.ProcessOwner;
import io.oriel.collect.gpu.NvmlProcess;
import io.oriel.collect.gpu.SeenGpu;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sightings, containers and GPUs as tests need them. */
final class Sample {
  private Sample() {}

  static ModelSighting.Telling vllm(String name, String endpoint) {
    return ModelSighting.of(Role.SERVER, name, "vllm " + endpoint + " /v1/models")
        .tell(ModelField.ENGINE, "vllm")
        .tell(ModelField.STATE, "ready")
        .tell(ModelField.ENDPOINT, endpoint);
  }

  static ModelSighting.Telling gateway(String name, String upstream, String apiBase) {
    return gateway(name, upstream, apiBase, "http://gw:4000");
  }

  static ModelSighting.Telling gateway(String name, String upstream, String apiBase, String where) {
    return ModelSighting.of(Role.GATEWAY, name, "litellm " + where + " /v1/model/info")
        .tell(ModelField.GATEWAY_ENDPOINT, where)
        .tell(ModelField.UPSTREAM, upstream)
        .tell(ModelField.UPSTREAM_ENDPOINT, apiBase);
  }

  static ModelSighting.Telling stored(String repository) {
    return ModelSighting.of(Role.STORE, repository, "/cache/models--x config.json");
  }

  /** A container that listens at 8000, published at a port of this machine. */
  static Container container(String name, int published) {
    return container(name, published, "bridge");
  }

  static Container container(String name, int published, String network) {
    return new Container(
        id(name),
        name,
        "vllm/vllm-openai:v0.26.0",
        "sha256:0",
        "running",
        "",
        1,
        100,
        List.of(100L),
        List.of("vllm", "serve", "Qwen/Qwen3-32B", "--port", "8000"),
        Map.of(),
        Map.of(),
        network,
        Map.of("bridge", "172.17.0.9"),
        List.of(new Container.Port(8000, "tcp", published, "0.0.0.0")),
        new GpuRequest(false, 0, List.of("0"), "device request"),
        List.of(),
        "");
  }

  static String id(String name) {
    String hex = Integer.toHexString(name.hashCode());
    return (hex + "0".repeat(64)).substring(0, 64);
  }

  static ProcessOwner.Owner owner(Container container, int pid) {
    return new ProcessOwner.Owner(
        "docker", container.id(), container.name(), container.image(), "/proc/" + pid + "/cgroup");
  }

  static SeenGpu.Process process(int pid, ProcessOwner.@Nullable Owner owner, String model) {
    return new SeenGpu.Process(
        new NvmlProcess(pid, 1000, -1, -1), "VLLM::EngineCore", owner, model);
  }

  static SeenGpu gpu(int index, SeenGpu.Process... processes) {
    return new SeenGpu(
        index,
        "GPU-" + index,
        "NVIDIA H200",
        "0000:01:00.0",
        1L << 37,
        false,
        List.of(),
        List.of(processes));
  }
}
