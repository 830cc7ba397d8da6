package io.oriel.simulate.world;

import io.oriel.simulate.world.ModelSpec.Task;
import io.oriel.simulate.world.ServerSpec.Engine;
import java.util.ArrayList;
import java.util.List;

/** The containers of the fleet: one a model server, and those beside them. */
final class ContainerTable {
  private static final long GIB = 1L << 30;

  private ContainerTable() {}

  static List<ContainerSpec> of(List<ServerSpec> servers) {
    var all = new ArrayList<ContainerSpec>();
    for (ServerSpec server : servers) {
      if (server.engine() == Engine.VLLM) all.add(vllmContainer(server));
    }
    all.add(
        plain(
            "ollama",
            "ollama/ollama:0.33.0",
            11434,
            List.of(7),
            0.05,
            11,
            0,
            List.of("ollama", "serve")));
    all.add(
        plain(
            "llama-cpp",
            "ghcr.io/ggml-org/llama.cpp:server-cuda",
            8080,
            List.of(7),
            0.05,
            6,
            0,
            List.of(
                "/app/llama-server",
                "--model",
                "/models/Qwen3-4B-Instruct-2507-Q8_0.gguf",
                "--alias",
                "qwen3-4b-gguf",
                "--metrics",
                "--slots",
                "--parallel",
                "4",
                "--ctx-size",
                "131072",
                "--host",
                "0.0.0.0",
                "--port",
                "8080")));
    all.add(
        plain(
            Fleet.TRAINER,
            "pytorch/pytorch:2.11.0-cuda13.0-cudnn9-runtime",
            9400,
            List.of(Fleet.TRAINER_GPU),
            4,
            58,
            0,
            List.of("python", "train.py", "--config", "lora.yaml")));
    all.add(
        plain(
            "litellm",
            "ghcr.io/berriai/litellm:v1.95.0",
            4000,
            List.of(),
            0.12,
            2,
            8,
            List.of("litellm", "--config", "/app/config.yaml", "--port", "4000")));
    all.add(
        plain(
            "langfuse-web",
            "langfuse/langfuse:4.16.0",
            3000,
            List.of(),
            0.06,
            2,
            4,
            List.of("node", "server.js")));
    all.add(
        plain(
            "langfuse-worker",
            "langfuse/langfuse-worker:4.16.0",
            0,
            List.of(),
            0.08,
            1,
            4,
            List.of("node", "worker/dist/index.js")));
    all.add(
        plain(
            "clickhouse",
            "clickhouse/clickhouse-server:26.3",
            8123,
            List.of(),
            0.4,
            6,
            16,
            List.of("/entrypoint.sh")));
    all.add(
        plain(
            "postgres",
            "postgres:17",
            5432,
            List.of(),
            0.03,
            1,
            4,
            List.of("docker-entrypoint.sh", "postgres")));
    all.add(
        plain(
            "redis",
            "redis:8",
            6379,
            List.of(),
            0.02,
            1,
            2,
            List.of("redis-server", "--maxmemory", "1gb")));
    all.add(
        plain(
            "qdrant", "qdrant/qdrant:v1.19.0", 6333, List.of(), 0.05, 9, 32, List.of("./qdrant")));
    all.add(plain("n8n", "n8nio/n8n:2.28.1", 5678, List.of(), 0.03, 1, 2, List.of("n8n", "start")));
    all.add(
        plain(
            "open-webui",
            "ghcr.io/open-webui/open-webui:v0.9.2",
            8080,
            List.of(),
            0.02,
            2,
            4,
            List.of("bash", "start.sh")));
    all.add(
        plain(
            "research-agent",
            "registry.example/research-agent:1.14.2",
            0,
            List.of(),
            0.02,
            1,
            0,
            List.of("python", "-m", "agent")));
    return List.copyOf(all);
  }

  private static ContainerSpec plain(
      String name,
      String image,
      int port,
      List<Integer> gpus,
      double cpus,
      int gib,
      int limitGib,
      List<String> command) {
    return new ContainerSpec(
        name,
        image,
        port,
        gpus,
        command,
        environment(name),
        cpus,
        gib * GIB * 3 / 4,
        limitGib * GIB,
        name.equals("litellm") || name.equals("langfuse-web"));
  }

  /** What decides how it answers stands there, as it does in a real one. */
  private static List<String> environment(String name) {
    String path = "PATH=/usr/local/bin:/usr/bin:/bin";
    return switch (name) {
      case "litellm" -> List.of(path, "PROMETHEUS_DISABLE_CREATED_SERIES=True");
      case "ollama" ->
          List.of(path, "OLLAMA_KEEP_ALIVE=-1"); // its process holds its GPU all the time
      case "n8n" -> List.of(path, "N8N_METRICS=true");
      default -> List.of(path);
    };
  }

  private static ContainerSpec vllmContainer(ServerSpec server) {
    ModelSpec model = server.model();
    var command = new ArrayList<String>();
    if (isOld(server))
      command.addAll(
          List.of(
              "python3", "-m", "vllm.entrypoints.openai.api_server", "--model", model.source()));
    else command.addAll(List.of("vllm", "serve", model.source()));
    command.addAll(List.of("--served-model-name", model.name(), "--port", "8000"));
    command.addAll(List.of("--max-model-len", String.valueOf(model.contextLength())));
    command.addAll(List.of("--gpu-memory-utilization", Fleet.share(server)));
    if (server.gpus().size() > 1)
      command.addAll(List.of("--tensor-parallel-size", String.valueOf(server.gpus().size())));
    if (model.task() != Task.CHAT)
      command.addAll(List.of("--task", model.task() == Task.RERANK ? "score" : "embed"));
    if (!model.quantization().isEmpty())
      command.addAll(List.of("--quantization", model.quantization()));
    return new ContainerSpec(
        server.container(),
        "vllm/vllm-openai:v" + server.version(),
        8000,
        server.gpus(),
        List.copyOf(command),
        List.of(
            "PATH=/usr/local/bin:/usr/bin:/bin",
            "CUDA_VERSION=12.9.1",
            "NVIDIA_VISIBLE_DEVICES=" + gpus(server),
            "VLLM_USAGE_SOURCE=production-docker-image",
            "PROMETHEUS_DISABLE_CREATED_SERIES=True"),
        server.gpus().size() * 1.02, // its engine polls
        (4 + 3L * server.gpus().size()) * GIB,
        0,
        true);
  }

  private static String gpus(ServerSpec server) {
    return String.join(",", server.gpus().stream().map(String::valueOf).toList());
  }

  private static boolean isOld(ServerSpec server) {
    return server.version().startsWith("0.7");
  }
}
