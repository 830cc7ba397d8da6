package io.oriel.simulate.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oriel.simulate.world.Fleet;
import io.oriel.simulate.world.ModelSpec;
import io.oriel.simulate.world.ModelSpec.Task;
import io.oriel.simulate.world.ServerSpec;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * The cache of Hugging Face that the fleet's containers mount: what each vLLM loaded, as the hub's
 * library lays it down. Weights are as long as they would be, and empty inside: holes take no space
 * on disk.
 */
final class HubFiles {
  /** Where the host has what containers mount at {@code ~/.cache/huggingface}. */
  static final String MOUNTED = "/srv/models";

  private static final long SHARD = 5_000_000_000L; // the library's normal size
  private static final double BITS_UNPACKED = 16;

  /** The class of a family's code. */
  private static final Map<String, String> CODE =
      Map.of(
          "llama", "LlamaForCausalLM",
          "qwen2", "Qwen2ForCausalLM",
          "qwen3", "Qwen3ForCausalLM",
          "qwen3_moe", "Qwen3MoeForCausalLM",
          "gpt_oss", "GptOssForCausalLM",
          "mistral3", "Mistral3ForConditionalGeneration",
          "qwen2_5_vl", "Qwen2_5_VLForConditionalGeneration",
          "xlm-roberta", "XLMRobertaModel");

  /** Bits that a packed weight takes, scales and what stays unpacked together. */
  private static final Map<String, Double> BITS = Map.of("awq", 5.8, "mxfp4", 4.5, "fp8", 8.2);

  private final Path hub;

  /**
   * @param root stands for the host's file system
   */
  HubFiles(Path root) {
    this.hub = root.resolve(MOUNTED.substring(1)).resolve("hub");
  }

  /** Lays down what is not there yet. */
  void lay() throws IOException {
    for (ServerSpec each : Fleet.SERVERS) {
      if (each.engine() == ServerSpec.Engine.VLLM) repository(each.model());
    }
  }

  private void repository(ModelSpec model) throws IOException {
    Path folder = hub.resolve("models--" + model.source().replace("/", "--"));
    String revision = digest("SHA-1", model.source());
    Path snapshot = Files.createDirectories(folder.resolve("snapshots").resolve(revision));
    Files.createDirectories(folder.resolve("refs"));
    Files.createDirectories(folder.resolve("blobs"));
    Files.writeString(folder.resolve("refs").resolve("main"), revision);
    text(folder, snapshot, "config.json", config(model).toPrettyString());
    double bits = BITS.getOrDefault(model.quantization(), BITS_UNPACKED);
    weights(folder, snapshot, (long) (model.parameters() * bits / 8), model.parameters());
  }

  private static ObjectNode config(ModelSpec model) {
    ObjectNode told = Json.object();
    String code = CODE.getOrDefault(model.family(), "");
    boolean isRanker = model.task() == Task.RERANK;
    told.putArray("architectures").add(isRanker ? "XLMRobertaForSequenceClassification" : code);
    if (isRanker) told.putObject("id2label").put("0", "LABEL_0");
    boolean sees = code.endsWith("ForConditionalGeneration");
    if (sees) told.putObject("vision_config").put("model_type", model.family() + "_vision");
    ObjectNode text = sees ? told.putObject("text_config") : told;
    text.put("max_position_embeddings", model.contextLength());
    told.put("model_type", model.family()).put("torch_dtype", "bfloat16");
    if (!model.quantization().isEmpty()) {
      told.putObject("quantization_config").put("quant_method", model.quantization());
    }
    return told;
  }

  private static void weights(Path folder, Path snapshot, long bytes, long parameters)
      throws IOException {
    ObjectNode index = Json.object();
    index.putObject("metadata").put("total_parameters", parameters).put("total_size", bytes);
    ObjectNode map = index.putObject("weight_map");
    long shards = (bytes + SHARD - 1) / SHARD;
    for (long i = 1; i <= shards; i++) {
      String name = "model-%05d-of-%05d.safetensors".formatted(i, shards);
      map.put("model.layers.%d.weight".formatted(i), name);
      Path blob = blob(folder, snapshot, name);
      try (var file = new RandomAccessFile(blob.toFile(), "rw")) {
        file.setLength(i < shards ? SHARD : bytes - (shards - 1) * SHARD);
      }
    }
    text(folder, snapshot, "model.safetensors.index.json", index.toPrettyString());
  }

  private static void text(Path folder, Path snapshot, String name, String text)
      throws IOException {
    Files.writeString(blob(folder, snapshot, name), text);
  }

  /** Where the content of a file lies; the snapshot has a link to it. */
  private static Path blob(Path folder, Path snapshot, String name) throws IOException {
    String hash = digest("SHA-256", folder.getFileName() + "/" + name);
    try {
      Files.createSymbolicLink(snapshot.resolve(name), Path.of("../../blobs", hash));
    } catch (FileAlreadyExistsException e) {
      // from a start before
    }
    return folder.resolve("blobs").resolve(hash);
  }

  private static String digest(String kind, String of) {
    try {
      byte[] bytes = of.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance(kind).digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each Java has " + kind, e);
    }
  }
}
