package io.oriel.collect.catalogue;

import static io.oriel.collect.catalogue.Sample.container;
import static io.oriel.collect.catalogue.Sample.gateway;
import static io.oriel.collect.catalogue.Sample.gpu;
import static io.oriel.collect.catalogue.Sample.owner;
import static io.oriel.collect.catalogue.Sample.process;
import static io.oriel.collect.catalogue.Sample.stored;
import static io.oriel.collect.catalogue.Sample.vllm;
import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.catalogue.ModelSighting.Role;
import io.oriel.collect.container.Container;
import io.oriel.collect.container.Containers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelCatalogueTest {
  private static final String GPU1 = "http://gpu1:8000";
  private static final String GPU2 = "http://gpu2:8000";

  private static ModelCatalogue of(ModelSighting.Telling... sightings) {
    var all = new ArrayList<ModelSighting>();
    for (ModelSighting.Telling each : sightings) all.add(each.done());
    return ModelCatalogue.of(all, Topology.of(List.of(), Containers.NONE, all));
  }

  private static ModelRecord.Known known(ModelRecord model, ModelField field) {
    return model.fields().stream().filter(each -> each.field() == field).findFirst().orElseThrow();
  }

  private static List<String> values(ModelRecord model, ModelField field) {
    return known(model, field).values().stream().map(ModelRecord.Value::value).toList();
  }

  @Test
  void a_model_at_two_servers_is_one_record_with_both_endpoints() {
    var catalogue = of(vllm("qwen3-32b", GPU1), vllm("qwen3-32b", GPU2));

    assertThat(catalogue.models())
        .singleElement()
        .satisfies(model -> {
          assertThat(values(model, ModelField.ENDPOINT)).containsExactly(GPU1, GPU2);
          assertThat(known(model, ModelField.ENDPOINT).isContradictory()).isFalse();
          assertThat(model.names())
              .extracting(ModelRecord.Name::reason)
              .containsExactly("", "served by the same name");
        });
  }

  @Test
  void the_repository_in_the_cache_is_joined_to_the_server_that_loaded_it() {
    var catalogue =
        of(
            stored("Qwen/Qwen3-32B").tell(ModelField.PARAMETERS, 32_762_123_264L),
            vllm("qwen3-32b", GPU1).tell(ModelField.SOURCE, "Qwen/Qwen3-32B"),
            vllm("other", GPU2)
                .tell(ModelField.SOURCE, "/hf/hub/models--Qwen--Qwen3-32B/snapshots/ab12"));

    assertThat(catalogue.models())
        .singleElement()
        .satisfies(model -> {
          assertThat(model.name()).isEqualTo("qwen3-32b");
          assertThat(model.names())
              .extracting(ModelRecord.Name::name)
              .containsExactly("qwen3-32b", "other", "Qwen/Qwen3-32B");
          assertThat(model.names().getLast().reason()).contains("loaded from, Qwen/Qwen3-32B");
          assertThat(values(model, ModelField.PARAMETERS)).containsExactly("32762123264");
        });
  }

  @Test
  void contradictions_are_kept_with_the_more_trusted_word_first() {
    var catalogue =
        of(
            vllm("qwen3-32b", GPU1)
                .tell(ModelField.SOURCE, "Qwen/Qwen3-32B")
                .tell(ModelField.PARAMETERS, 33_000_000_000L),
            stored("Qwen/Qwen3-32B").tell(ModelField.PARAMETERS, 32_762_123_264L));

    ModelRecord model = catalogue.models().getFirst();
    assertThat(values(model, ModelField.PARAMETERS)).containsExactly("32762123264", "33000000000");
    assertThat(known(model, ModelField.PARAMETERS).isContradictory()).isTrue();
    assertThat(known(model, ModelField.PARAMETERS).values().getLast().sources())
        .containsExactly("vllm http://gpu1:8000 /v1/models");
  }

  @Test
  void who_says_more_contradicts_nobody_and_comes_first() {
    var catalogue =
        of(
            vllm("gemma", GPU1)
                .tell(ModelField.SOURCE, "google/gemma-3-12b-it")
                .tell(ModelField.TYPE, "vision-language"),
            stored("google/gemma-3-12b-it").tell(ModelField.TYPE, "llm"));

    ModelRecord model = catalogue.models().getFirst();
    assertThat(values(model, ModelField.TYPE)).containsExactly("vision-language", "llm");
    assertThat(known(model, ModelField.TYPE).isContradictory()).isFalse();
  }

  @Test
  void types_of_which_one_must_be_wrong_contradict_each_other() {
    var catalogue =
        of(
            vllm("qwen", GPU1)
                .tell(ModelField.SOURCE, "Qwen/Qwen3-Embedding-8B")
                .tell(ModelField.TYPE, "llm"),
            stored("Qwen/Qwen3-Embedding-8B").tell(ModelField.TYPE, "embedding"));

    assertThat(known(catalogue.models().getFirst(), ModelField.TYPE).isContradictory()).isTrue();
  }

  @Test
  void equal_values_are_one_with_all_who_say_it() {
    var catalogue =
        of(
            vllm("qwen", GPU1)
                .tell(ModelField.SOURCE, "Qwen/Qwen3-32B-AWQ")
                .tell(ModelField.QUANTIZATION, "AWQ"),
            stored("Qwen/Qwen3-32B-AWQ").tell(ModelField.QUANTIZATION, "awq"));

    assertThat(known(catalogue.models().getFirst(), ModelField.QUANTIZATION).values())
        .singleElement()
        .satisfies(value -> assertThat(value.sources()).hasSize(2));
  }

  @Test
  void one_name_for_two_repositories_is_two_models_and_said_so() {
    var catalogue =
        of(
            vllm("default", GPU1).tell(ModelField.SOURCE, "Qwen/Qwen3-32B"),
            vllm("default", GPU2).tell(ModelField.SOURCE, "openai/gpt-oss-120b"));

    assertThat(catalogue.models())
        .hasSize(2)
        .allSatisfy(model ->
            assertThat(model.notes())
                .containsExactly(
                    "servers give the name default to different models: Qwen/Qwen3-32B,"
                        + " openai/gpt-oss-120b"));
  }

  @Test
  void a_gateways_name_is_joined_to_the_server_where_it_asks() {
    var catalogue =
        of(
            gateway("large", "hosted_vllm/qwen3-32b", "http://gpu1:8000/v1")
                .tell(ModelField.TYPE, "llm"),
            vllm("qwen3-32b", GPU1));

    assertThat(catalogue.models())
        .singleElement()
        .satisfies(model -> {
          assertThat(model.name()).isEqualTo("qwen3-32b");
          assertThat(values(model, ModelField.GATEWAY_NAME)).containsExactly("large");
          assertThat(values(model, ModelField.TYPE)).containsExactly("llm");
        });
  }

  @Test
  void the_same_name_at_a_provider_is_another_model() {
    var catalogue =
        of(
            gateway("gpt-oss-120b", "gpt-oss-120b", "https://api.example.com/v1"),
            gateway("gpt-oss-120b", "gpt-oss-120b", ""),
            vllm("gpt-oss-120b", GPU1));

    assertThat(catalogue.models())
        .hasSize(2)
        .extracting(ModelRecord::name)
        .containsOnly("gpt-oss-120b");
  }

  @Test
  void where_a_model_runs_comes_from_the_map() {
    Container container = container("vllm-qwen", 24_001);
    List<ModelSighting> seen = List.of(vllm("qwen3-32b", "http://127.0.0.1:24001").done());
    var topology =
        Topology.of(
            List.of(
                gpu(2, process(7, owner(container, 7), "qwen3-32b")),
                gpu(3, process(8, owner(container, 8), "qwen3-32b"))),
            () -> List.of(container),
            seen);

    var catalogue = ModelCatalogue.of(seen, topology);

    assertThat(catalogue.models())
        .singleElement()
        .satisfies(model -> {
          assertThat(values(model, ModelField.GPU)).containsExactly("2", "3");
          assertThat(values(model, ModelField.GPU_MEMORY)).containsExactly("2000");
          assertThat(values(model, ModelField.CONTAINER)).containsExactly("vllm-qwen");
        });
  }

  @Test
  void hostile_names_are_kept_apart_left_out_or_harmless() {
    var catalogue =
        of(
            vllm(" ", GPU1),
            vllm("x".repeat(100_000), GPU1),
            vllm("../../etc/passwd\u0000\n\"'}{", "not an address"),
            vllm("model", "http://[::1").tell(ModelField.SOURCE, "models--/snapshots/".repeat(500)),
            gateway("", "", ""));

    assertThat(catalogue.models()).hasSize(2);
    assertThat(catalogue.leftOut())
        .containsExactly("1 with a name of more than 300 characters", "2 without a name");
    assertThat(catalogue.models().getLast().fields())
        .allSatisfy(each ->
            assertThat(each.values())
                .allSatisfy(value -> assertThat(value.value()).hasSizeLessThan(1_100)));
  }

  @Test
  void there_are_no_more_records_than_there_is_room_for() {
    var many = new ArrayList<ModelSighting>();
    for (int i = 0; i < 12_000; i++) {
      many.add(ModelSighting.of(Role.STORE, "org/model-" + i, "a cache").done());
    }

    var catalogue = ModelCatalogue.of(many, Topology.EMPTY);

    assertThat(catalogue.models()).hasSize(10_000);
    assertThat(catalogue.leftOut()).containsExactly("2000 more than 10000");
  }
}
