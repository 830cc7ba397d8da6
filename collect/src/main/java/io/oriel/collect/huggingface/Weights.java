package io.oriel.collect.huggingface;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.catalogue.ModelField;
import io.oriel.collect.catalogue.ModelSighting;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The files of a model's weights: how many parameters, whether all are there. Of packed weights
 * neither sizes nor shapes tell how many parameters there are, so nothing is told then.
 *
 * @param names the files of the snapshot
 */
record Weights(CacheFiles files, Path snapshot, List<String> names) {
  private static final String ONE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";
  private static final int MOST_SHARDS = 2_000;

  void tell(ModelSighting.Telling into, ConfigJson config, String folder) {
    JsonNode index = files.json(snapshot.resolve(INDEX));
    String source = folder + " " + INDEX;
    boolean isPacked = !config.quantization().equals("none");
    if (index.isObject()) {
      into.tell(ModelField.FORMAT, "safetensors", source);
      into.tell(ModelField.STATE, isWhole(index) ? "complete" : "incomplete", source);
      parameters(into, index.path("metadata"), isPacked ? 0 : config.bytesPerWeight(), source);
    } else if (names.contains(ONE)) {
      boolean isThere = files.has(snapshot.resolve(ONE));
      into.tell(ModelField.FORMAT, "safetensors", folder + " " + ONE);
      into.tell(ModelField.STATE, isThere ? "complete" : "incomplete", folder + " " + ONE);
      if (!isPacked) {
        JsonNode heading = files.heading(snapshot.resolve(ONE));
        into.tell(ModelField.PARAMETERS, counted(heading), folder + " " + ONE + " (its heading)");
      }
    } else if (names.stream().anyMatch(each -> each.endsWith(".gguf"))) {
      into.tell(ModelField.FORMAT, "gguf", folder);
    } else if (names.stream().anyMatch(each -> each.startsWith("pytorch_model"))) {
      into.tell(ModelField.FORMAT, "pickle", folder);
    }
  }

  private static void parameters(
      ModelSighting.Telling into, JsonNode metadata, int bytesPerWeight, String source) {
    double told = metadata.path("total_parameters").asDouble();
    if (told > 0) {
      into.tell(ModelField.PARAMETERS, told, source + " (total_parameters)");
    } else if (bytesPerWeight > 0) {
      double size = metadata.path("total_size").asDouble();
      into.tell(
          ModelField.PARAMETERS,
          Math.rint(size / bytesPerWeight),
          source + " (total_size, " + bytesPerWeight + " bytes each)");
    }
  }

  private boolean isWhole(JsonNode index) {
    Set<String> shards = new HashSet<>();
    for (JsonNode each : index.path("weight_map")) {
      if (shards.size() < MOST_SHARDS) shards.add(each.asText(""));
    }
    return shards.stream()
        .allMatch(each -> names.contains(each) && files.has(snapshot.resolve(each)));
  }

  private static double counted(JsonNode heading) {
    double all = 0;
    for (JsonNode tensor : heading) {
      JsonNode shape = tensor.path("shape");
      if (!shape.isArray()) continue; // the file's metadata
      double count = 1;
      for (JsonNode each : shape) count *= each.asDouble();
      all += count;
    }
    return all;
  }
}
