package io.oriel.collect.huggingface;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.Readings;
import io.oriel.collect.Told;
import io.oriel.collect.catalogue.ModelFact;
import io.oriel.collect.catalogue.ModelField;
import io.oriel.collect.catalogue.ModelSighting;
import io.oriel.collect.container.Containers;
import io.oriel.model.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubCollectorTest {
  private static final String QWEN = "Qwen/Qwen3-32B";
  private static final String CONFIG =
      """
      {"architectures": ["Qwen3ForCausalLM"], "torch_dtype": "bfloat16",
       "max_position_embeddings": 40960,
       "rope_scaling": {"rope_type": "yarn", "factor": 4.0,
                        "original_max_position_embeddings": 32768}}
      """;

  @TempDir Path folder;
  private Path hub;
  private final ManualClock clock = new ManualClock(0);
  private final Readings readings = new Readings();
  private HubCollector collector;

  @BeforeEach
  void begin() throws IOException {
    hub = Files.createDirectories(folder.resolve("hub"));
    collector = new HubCollector(new Hubs(List.of(hub), Containers.NONE), clock);
  }

  private List<ModelSighting> look() {
    readings.begin();
    collector.collect(readings);
    clock.advance(300_000);
    return collector.models();
  }

  private CacheFolder repository(String id) throws IOException {
    return new CacheFolder(hub, id);
  }

  @Test
  void a_model_is_told_by_its_own_files() throws Exception {
    repository(QWEN)
        .file("config.json", CONFIG)
        .file("a.safetensors", "weights")
        .file(
            "model.safetensors.index.json",
            """
            {"metadata": {"total_size": 65524246528}, "weight_map": {"x": "a.safetensors"}}
            """);

    ModelSighting model = look().getFirst();

    assertThat(model.name()).isEqualTo(QWEN);
    assertThat(model.first(ModelField.TYPE)).isEqualTo("llm");
    assertThat(model.first(ModelField.PARAMETERS)).isEqualTo("32762123264");
    assertThat(model.first(ModelField.LONGEST_CONTEXT)).isEqualTo("131072");
    assertThat(model.first(ModelField.QUANTIZATION)).isEqualTo("none");
    assertThat(model.first(ModelField.REVISION)).isEqualTo(CacheFolder.COMMIT);
    assertThat(model.first(ModelField.STATE)).isEqualTo("complete");
    assertThat(model.facts())
        .extracting(ModelFact::source)
        .contains(hub.toRealPath().resolve("models--Qwen--Qwen3-32B") + " config.json");
    assertThat(Told.of(readings).of("oriel_model_cache_repositories{folder=\"" + hub + "\"}"))
        .isEqualTo(1);
  }

  @Test
  void a_missing_shard_makes_a_model_incomplete() throws Exception {
    repository(QWEN)
        .file("config.json", CONFIG)
        .file("a.safetensors", "weights")
        .file(
            "model.safetensors.index.json",
            "{\"weight_map\": {\"x\": \"a.safetensors\", \"y\": \"b.safetensors\"}}");

    assertThat(look().getFirst().first(ModelField.STATE)).isEqualTo("incomplete");
  }

  @Test
  void parameters_of_one_file_are_counted_in_its_heading() throws Exception {
    repository("BAAI/bge-m3")
        .file("config.json", "{\"architectures\": [\"XLMRobertaModel\"], \"dtype\": \"float32\"}")
        .file(
            "model.safetensors",
            CacheFolder.safetensors(
                "{\"__metadata__\": {}, \"a\": {\"shape\": [1024, 1000]}, \"b\": {\"shape\": [7]}}"));

    assertThat(look().getFirst().first(ModelField.PARAMETERS)).isEqualTo("1024007");
  }

  @Test
  void of_packed_weights_no_parameters_are_guessed() throws Exception {
    repository("Qwen/Qwen2.5-7B-Instruct-AWQ")
        .file(
            "config.json",
            "{\"torch_dtype\": \"float16\", \"quantization_config\": {\"quant_method\": \"awq\"}}")
        .file("model.safetensors.index.json", "{\"metadata\": {\"total_size\": 5570000000}}");

    ModelSighting model = look().getFirst();

    assertThat(model.first(ModelField.QUANTIZATION)).isEqualTo("awq");
    assertThat(model.first(ModelField.PARAMETERS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          meta-llama/Llama-3.1-8B-Instruct, LlamaForCausalLM,                  llm
          Qwen/Qwen3-Reranker-4B,           Qwen3ForCausalLM,                  reranker
          Qwen/Qwen3-Embedding-8B,          Qwen3ForCausalLM,                  embedding
          org/classes,                      BertForSequenceClassification,     classifier
          org/vectors,                      BertModel,                         embedding
          org/prize,                        Qwen2ForRewardModel,               reward
          openai/whisper-large-v3,          WhisperForConditionalGeneration,   speech
          google-t5/t5-base,                T5ForConditionalGeneration,        llm
          org/unknown,                      SomethingElse,                     ''
          """)
  void what_a_model_is_for_is_told_by_its_class_and_name(String id, String type, String expected)
      throws Exception {
    repository(id).file("config.json", "{\"architectures\": [\"" + type + "\"]}");

    assertThat(look().getFirst().first(ModelField.TYPE)).isEqualTo(expected);
  }

  @Test
  void a_model_with_eyes_tells_the_numbers_of_its_language() throws Exception {
    repository("Qwen/Qwen2.5-VL-7B-Instruct")
        .file(
            "config.json",
            """
            {"architectures": ["Qwen2_5_VLForConditionalGeneration"], "vision_config": {},
             "text_config": {"max_position_embeddings": 128000, "dtype": "bfloat16"}}
            """);

    ModelSighting model = look().getFirst();

    assertThat(model.first(ModelField.TYPE)).isEqualTo("vision-language");
    assertThat(model.first(ModelField.LONGEST_CONTEXT)).isEqualTo("128000");
    assertThat(model.first(ModelField.CAPABILITY)).isEqualTo("vision");
  }

  @Test
  void a_link_out_of_the_cache_is_not_followed() throws Exception {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.writeString(outside.resolve("config.json"), CONFIG);
    repository("evil/file").link("config.json", outside.resolve("config.json"));
    var linked = repository("evil/folder");
    Files.delete(linked.snapshot());
    Files.createSymbolicLink(linked.snapshot(), outside);
    Files.createSymbolicLink(hub.resolve("models--evil--repository"), outside);

    List<ModelSighting> models = look();

    assertThat(models)
        .singleElement()
        .satisfies(model -> {
          assertThat(model.name()).isEqualTo("evil/file");
          assertThat(model.first(ModelField.ARCHITECTURE)).isEmpty();
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "\"x\"",
        "{\"architectures\": {\"a\": 1}}",
        "{\"max_position_embeddings\": \"1e999\", \"rope_scaling\": [[]]}",
        "{\"quantization_config\": 7, \"text_config\": [], \"dtype\": {}}"
      })
  void a_config_that_makes_no_sense_harms_nobody(String config) throws Exception {
    repository("evil/config").file("config.json", config);
    repository(QWEN).file("config.json", CONFIG);

    List<ModelSighting> models = look();

    assertThat(models).extracting(ModelSighting::name).containsExactly(QWEN, "evil/config");
    assertThat(models.getLast().first(ModelField.ARCHITECTURE)).isEmpty();
  }

  @Test
  void nesting_without_end_size_without_end_and_lying_headings_harm_nobody() throws Exception {
    repository("evil/deep").file("config.json", "[".repeat(100_000));
    repository("evil/large").file("config.json", "{\"a\": \"" + "x".repeat(17 << 20) + "\"}");
    byte[] lie = new byte[16];
    java.util.Arrays.fill(lie, (byte) 0x7f);
    repository("evil/heading")
        .file("config.json", "{\"dtype\": \"float16\"}")
        .file("model.safetensors", lie);

    assertThat(look())
        .hasSize(3)
        .allSatisfy(each -> assertThat(each.first(ModelField.PARAMETERS)).isEmpty());
  }

  @Test
  void a_repository_is_read_again_only_when_its_files_change() throws Exception {
    CacheFolder qwen = repository(QWEN).file("config.json", CONFIG);
    List<ModelSighting> before = look();
    assertThat(look()).isSameAs(before);

    qwen.file("config.json", "{\"architectures\": [\"Qwen3ForSequenceClassification\"]}");
    Files.setLastModifiedTime(qwen.snapshot(), FileTime.fromMillis(1_000_000));

    assertThat(look().getFirst().first(ModelField.TYPE)).isEqualTo("classifier");
  }

  @Test
  void a_cache_that_has_gone_takes_its_models_along() throws Exception {
    repository(QWEN).file("config.json", CONFIG);
    look();

    Files.move(hub, folder.resolve("elsewhere"));

    assertThat(look()).isEmpty();
  }
}
