package io.oriel.simulate.world;

import io.oriel.simulate.world.Caller.Habit;
import io.oriel.simulate.world.ModelSpec.Task;
import io.oriel.simulate.world.ServerSpec.Engine;
import java.util.List;

/**
 * What stands in the simulated fleet: one table a kind. Versions differ on purpose: names of
 * metrics changed between them.
 */
public final class Fleet {
  public static final String HOST = "gpu1";
  public static final int GPUS = 8;
  public static final int CPUS = 64;
  public static final long MEMORY = 2_164L << 30;

  private static final long MIB = 1L << 20;
  private static final double MILLIONTH = 1e-6;

  public static final String LARGEST = "llama-3.3-70b-instruct";
  public static final String EMBEDDER = "bge-m3";
  public static final String RERANKER = "bge-reranker-v2-m3";

  /** Every model server. The last numbers: KV tokens, slots, tokens read a second, s a token. */
  public static final List<ServerSpec> SERVERS =
      List.of(
          vllm(
              "vllm-llama-70b",
              "0.30.0",
              chat(
                  LARGEST,
                  "meta-llama/Llama-3.3-70B-Instruct",
                  "llama",
                  70_553_706_496L,
                  "",
                  131_072,
                  0.7,
                  0.8),
              List.of(0, 1),
              128_900,
              672_000,
              64,
              9_000,
              0.021),
          vllm(
              "vllm-qwen3-32b",
              "0.30.0",
              chat("qwen3-32b", "Qwen/Qwen3-32B", "qwen3", 32_762_123_264L, "", 40_960, 0.3, 0.5),
              List.of(2),
              128_700,
              268_000,
              48,
              11_000,
              0.019),
          vllm(
              "vllm-qwen3-coder",
              "0.26.0",
              chat(
                  "qwen3-coder-30b",
                  "Qwen/Qwen3-Coder-30B-A3B-Instruct",
                  "qwen3_moe",
                  30_532_122_624L,
                  "",
                  262_144,
                  0.2,
                  0.4),
              List.of(3),
              128_700,
              690_000,
              64,
              26_000,
              0.008),
          vllm(
              "vllm-gpt-oss-120b",
              "0.26.0",
              chat(
                  "gpt-oss-120b",
                  "openai/gpt-oss-120b",
                  "gpt_oss",
                  116_829_156_672L,
                  "mxfp4",
                  131_072,
                  0.4,
                  0.6),
              List.of(4),
              128_700,
              810_000,
              64,
              16_000,
              0.007),
          vllm(
              "vllm-mistral-small",
              "0.10.1",
              chat(
                  "mistral-small-3.2",
                  "mistralai/Mistral-Small-3.2-24B-Instruct-2506",
                  "mistral3",
                  24_011_361_280L,
                  "",
                  131_072,
                  0.2,
                  0.3),
              List.of(5),
              76_800,
              170_000,
              32,
              14_000,
              0.014),
          vllm(
              "vllm-qwen-vl",
              "0.10.1",
              chat(
                  "qwen2.5-vl-7b",
                  "Qwen/Qwen2.5-VL-7B-Instruct",
                  "qwen2_5_vl",
                  8_292_166_656L,
                  "",
                  128_000,
                  0.1,
                  0.15),
              List.of(5),
              43_000,
              420_000,
              32,
              22_000,
              0.007),
          vllm(
              "vllm-llama-8b",
              "0.7.3",
              chat(
                  "llama-3.1-8b-instruct",
                  "meta-llama/Llama-3.1-8B-Instruct",
                  "llama",
                  8_030_261_248L,
                  "",
                  131_072,
                  0.05,
                  0.08),
              List.of(6),
              64_300,
              371_000,
              48,
              20_000,
              0.0075),
          vllm(
              "vllm-qwen2-7b",
              "0.7.3",
              chat(
                  "qwen2.5-7b-instruct",
                  "Qwen/Qwen2.5-7B-Instruct-AWQ",
                  "qwen2",
                  7_615_616_512L,
                  "awq",
                  32_768,
                  0.05,
                  0.08),
              List.of(6),
              64_300,
              980_000,
              48,
              19_000,
              0.006),
          vllm(
              "vllm-embed",
              "0.10.1",
              new ModelSpec(
                  EMBEDDER,
                  "BAAI/bge-m3",
                  Task.EMBEDDING,
                  "xlm-roberta",
                  567_754_752L,
                  "",
                  8_192,
                  0.01 * MILLIONTH,
                  0),
              List.of(7),
              11_400,
              65_536,
              64,
              90_000,
              0.004),
          vllm(
              "vllm-rerank",
              "0.30.0",
              new ModelSpec(
                  RERANKER,
                  "BAAI/bge-reranker-v2-m3",
                  Task.RERANK,
                  "xlm-roberta",
                  567_755_777L,
                  "",
                  8_192,
                  0.01 * MILLIONTH,
                  0),
              List.of(7),
              11_400,
              65_536,
              64,
              80_000,
              0.004),
          new ServerSpec(
              "ollama",
              Engine.OLLAMA,
              "0.33.0",
              chat("gemma3:12b", "gemma3:12b", "gemma3", 12_187_325_040L, "Q4_K_M", 32_768, 0, 0),
              List.of(7),
              10_400 * MIB,
              32_768,
              4,
              4_500,
              0.016),
          new ServerSpec(
              "llama-cpp",
              Engine.LLAMA_CPP,
              "b7820-6f1a2c3d",
              chat(
                  "qwen3-4b-gguf",
                  "Qwen3-4B-Instruct-2507-Q8_0.gguf",
                  "qwen3",
                  4_022_468_096L,
                  "Q8_0",
                  32_768,
                  0,
                  0),
              List.of(7),
              8_900 * MIB,
              131_072,
              4,
              6_000,
              0.009));

  /** The job that trains beside the servers, and what it takes of its GPU. */
  public static final String TRAINER = "train-lora";

  public static final int TRAINER_GPU = 7;
  public static final long TRAINER_BYTES = 46_800 * MIB;

  /** Who calls. The shares are of runs; a run is several requests. */
  public static final List<Caller> CALLERS =
      List.of(
          new Caller(
              "open-webui",
              "webui",
              "staff",
              40,
              0.30,
              Habit.CHAT,
              List.of(LARGEST, "qwen3-32b", "mistral-small-3.2", "qwen2.5-vl-7b")),
          new Caller(
              "docs-assistant", "docs", "support", 25, 0.22, Habit.RETRIEVAL, List.of(LARGEST)),
          new Caller(
              "code-companion",
              "code",
              "engineering",
              30,
              0.20,
              Habit.CODE,
              List.of("qwen3-coder-30b")),
          new Caller(
              "research-agent",
              "research",
              "research",
              8,
              0.10,
              Habit.AGENT,
              List.of("gpt-oss-120b")),
          new Caller(
              "n8n",
              "automation",
              "operations",
              3,
              0.12,
              Habit.WORKFLOW,
              List.of("llama-3.1-8b-instruct", "qwen2.5-7b-instruct")),
          new Caller(
              "nightly-eval",
              "eval",
              "research",
              1,
              0.06,
              Habit.EVALUATION,
              List.of("gemma3:12b", "qwen3-4b-gguf")));

  public static final List<ContainerSpec> CONTAINERS = ContainerTable.of(SERVERS);

  private Fleet() {}

  private static ModelSpec chat(
      String name,
      String source,
      String family,
      long parameters,
      String quantization,
      int context,
      double inputPerMillion,
      double outputPerMillion) {
    return new ModelSpec(
        name,
        source,
        Task.CHAT,
        family,
        parameters,
        quantization,
        context,
        inputPerMillion * MILLIONTH,
        outputPerMillion * MILLIONTH);
  }

  private static ServerSpec vllm(
      String container,
      String version,
      ModelSpec model,
      List<Integer> gpus,
      long mibPerGpu,
      int kvTokens,
      int slots,
      double prefillRate,
      double tokenSeconds) {
    return new ServerSpec(
        container,
        Engine.VLLM,
        version,
        model,
        gpus,
        mibPerGpu * MIB,
        kvTokens,
        slots,
        prefillRate,
        tokenSeconds);
  }

  /** Of the GPU's memory, as the option has it. */
  public static String share(ServerSpec server) {
    return "0." + Math.round(100.0 * server.bytesPerGpu() / GpuState.TOTAL_BYTES);
  }

  /** The server of a model; every name in the tables has one. */
  public static ServerSpec server(String model) {
    for (ServerSpec each : SERVERS) {
      if (each.model().name().equals(model)) return each;
    }
    throw new IllegalArgumentException("no such model: " + model);
  }
}
