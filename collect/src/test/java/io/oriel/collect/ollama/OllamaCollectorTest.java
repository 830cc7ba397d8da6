package io.oriel.collect.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;
import io.oriel.collect.Told;
import io.oriel.collect.catalogue.ModelFact;
import io.oriel.collect.catalogue.ModelField;
import io.oriel.collect.peer.ScriptedPeer;
import io.oriel.model.testing.ManualClock;
import org.junit.jupiter.api.Test;

class OllamaCollectorTest {
  private static final String DETAILS =
      "\"details\": {\"family\": \"llama\", \"families\": null, \"parameter_size\": \"8.0B\","
          + " \"quantization_level\": \"Q4_K_M\"}";
  private final ScriptedPeer server =
      new ScriptedPeer()
          .json("/api/version", "{\"version\": \"0.33.0\"}")
          .json(
              "/api/ps",
              "{\"models\": [{\"name\": \"llama3:8b\", \"size\": 6000, \"size_vram\": 5000,"
                  + " \"expires_at\": \"2026-11-21T12:00:00.5+02:00\", "
                  + DETAILS
                  + "}]}")
          .json(
              "/api/tags",
              "{\"models\": [{\"name\": \"llama3:8b\", \"size\": 4700, \"digest\": \"a\", "
                  + DETAILS
                  + "}, {\"name\": \"phi4\", \"size\": 9000, \"digest\": \"b\", "
                  + DETAILS
                  + "}]}");
  private final Readings readings = new Readings();
  private final OllamaCollector collector =
      new OllamaCollector(server.at("http://gpu1:11434", new ManualClock(0)));

  private Told round() throws CollectorFailure, InterruptedException {
    readings.begin();
    collector.collect(readings);
    return Told.of(readings);
  }

  @Test
  void what_is_loaded_is_told_with_what_it_takes() throws Exception {
    Told told = round();

    assertThat(told.of("oriel_model_memory_bytes{engine=\"ollama\", model=\"llama3:8b\"}"))
        .isEqualTo(6000);
    assertThat(told.of("oriel_model_gpu_memory_bytes{engine=\"ollama\", model=\"llama3:8b\"}"))
        .isEqualTo(5000);
    assertThat(
            told.of(
                "oriel_model_unloads_timestamp_seconds{engine=\"ollama\", model=\"llama3:8b\"}"))
        .isEqualTo(1_795_255_200.5);
    assertThat(told.of("ollama_model_loaded{model=\"phi4\"}")).isZero();
    assertThat(told.of("oriel_model_state{engine=\"ollama\", model=\"phi4\", state=\"unloaded\"}"))
        .isEqualTo(1);
    assertThat(told.of("oriel_model_disk_bytes{engine=\"ollama\", model=\"phi4\"}"))
        .isEqualTo(9000);
    assertThat(told.of("oriel_ollama_info{version=\"0.33.0\"}")).isEqualTo(1);
  }

  @Test
  void a_model_that_stays_for_ever_has_no_time_to_go() throws Exception {
    for (String never : new String[] {"2318-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "", "soon"}) {
      assertThat(Expiry.secondsOf(never)).as(never).isEmpty();
    }
  }

  @Test
  void a_server_that_is_gone_is_down_and_nothing_is_made_up() throws Exception {
    round();
    server.die();
    readings.begin();

    assertThatThrownBy(() -> collector.collect(readings)).isInstanceOf(CollectorFailure.class);

    assertThat(Told.of(readings).values()).hasSize(1);
    assertThat(Told.of(readings).of("ollama_up")).isZero();
  }

  @Test
  void the_list_of_stored_models_is_asked_each_fourth_round() throws Exception {
    for (int i = 0; i < 8; i++) round();

    assertThat(server.asked().stream().filter("GET /api/tags"::equals)).hasSize(2);
    assertThat(server.asked().stream().filter("GET /api/ps"::equals)).hasSize(8);
  }

  @Test
  void answers_of_another_shape_tell_nothing_of_models() throws Exception {
    server.json("/api/ps", "[1, 2]").json("/api/tags", "{\"models\": {\"a\": 1}}");

    assertThat(round().values()).hasSize(2);
  }

  @Test
  void the_catalogue_hears_what_is_shown_of_each_model_asked_once() throws Exception {
    server.json(
        "/api/show",
        "{\"model_info\": {\"general.architecture\": \"llama\","
            + " \"general.parameter_count\": 8030261248, \"llama.context_length\": 131072},"
            + " \"capabilities\": [\"completion\", \"tools\"]}");

    for (int i = 0; i < 9; i++) round();

    var loaded = collector.models().getFirst();
    assertThat(loaded.name()).isEqualTo("llama3:8b");
    assertThat(loaded.facts())
        .contains(
            new ModelFact(
                ModelField.PARAMETERS, "8030261248", "ollama http://gpu1:11434 /api/show"),
            new ModelFact(ModelField.GPU_MEMORY, "5000", "ollama http://gpu1:11434 /api/ps"));
    assertThat(loaded.first(ModelField.QUANTIZATION)).isEqualTo("Q4_K_M");
    assertThat(loaded.first(ModelField.TYPE)).isEqualTo("llm");
    assertThat(loaded.first(ModelField.STATE)).isEqualTo("ready");
    assertThat(collector.models().get(1).first(ModelField.STATE)).isEqualTo("unloaded");
    assertThat(server.asked().stream().filter(each -> each.contains("/api/show"))).hasSize(2);
  }

  @Test
  void where_nothing_is_shown_the_rounded_count_is_told() throws Exception {
    round();

    assertThat(collector.models().getFirst().first(ModelField.PARAMETERS)).isEqualTo("8000000000");
  }

  @Test
  void models_of_an_ollama_that_has_gone_are_unreachable() throws Exception {
    round();
    server.die();

    assertThatThrownBy(this::round).isInstanceOf(CollectorFailure.class);

    assertThat(collector.models())
        .hasSize(2)
        .allSatisfy(each -> {
          assertThat(each.first(ModelField.STATE)).isEqualTo("unreachable");
          assertThat(each.first(ModelField.GPU_MEMORY)).isEmpty();
        });
  }
}
