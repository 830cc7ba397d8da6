package io.oriel.collect.modelserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;
import io.oriel.collect.Told;
import io.oriel.collect.catalogue.ModelFact;
import io.oriel.collect.catalogue.ModelField;
import io.oriel.collect.peer.ScriptedPeer;
import io.oriel.model.testing.ManualClock;
import io.oriel.model.testing.SharedData;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ModelServerCollectorTest {
  private static final String MODELS =
      """
      {"object": "list", "data": [
        {"id": "qwen3-32b", "root": "Qwen/Qwen3-32B", "max_model_len": 40960, "object": "model"}]}
      """;
  private static final String PAGE =
      """
      # TYPE vllm:num_requests_running gauge
      vllm:num_requests_running{engine="0",model_name="qwen3-32b"} 3
      vllm:num_requests_running{engine="1",model_name="qwen3-32b"} 2
      # TYPE vllm:kv_cache_usage_perc gauge
      vllm:kv_cache_usage_perc{engine="0",model_name="qwen3-32b"} 0.25
      vllm:kv_cache_usage_perc{engine="1",model_name="qwen3-32b"} 0.5
      # TYPE vllm:gpu_cache_usage_perc gauge
      vllm:gpu_cache_usage_perc{engine="0",model_name="qwen3-32b"} 0.9
      # TYPE vllm:request_success counter
      vllm:request_success_total{engine="0",finished_reason="stop",model_name="qwen3-32b"} 10
      vllm:request_success_total{engine="1",finished_reason="stop",model_name="qwen3-32b"} 5
      vllm:request_success_total{engine="0",finished_reason="length",model_name="qwen3-32b"} 1
      # TYPE vllm:time_to_first_token_seconds histogram
      vllm:time_to_first_token_seconds_bucket{engine="0",le="0.1",model_name="qwen3-32b"} 4
      vllm:time_to_first_token_seconds_bucket{engine="0",le="+Inf",model_name="qwen3-32b"} 5
      vllm:time_to_first_token_seconds_sum{engine="0",model_name="qwen3-32b"} 0.75
      vllm:time_to_first_token_seconds_count{engine="0",model_name="qwen3-32b"} 5
      """;

  private final ManualClock clock = new ManualClock(1_000_000);
  private final Readings readings = new Readings();
  private final ScriptedPeer server =
      new ScriptedPeer()
          .page("/metrics", PAGE)
          .page("/health", "")
          .json("/version", "{\"version\": \"0.26.0\"}")
          .json("/v1/models", MODELS);
  private ModelServerCollector collector = of(Engine.VLLM);

  private ModelServerCollector of(Engine engine) {
    return new ModelServerCollector(engine, server.at("http://gpu1:8000", clock), "/metrics");
  }

  private Told round() throws CollectorFailure, InterruptedException {
    readings.begin();
    collector.collect(readings);
    return Told.of(readings);
  }

  @Test
  void the_page_is_told_as_it_is_and_in_the_vocabulary_beside() throws Exception {
    Told told = round();

    assertThat(told.of("vllm:num_requests_running{engine=\"1\", model_name=\"qwen3-32b\"}"))
        .isEqualTo(2);
    assertThat(told.of("oriel_model_requests_running{engine=\"vllm\", model=\"qwen3-32b\"}"))
        .as("the ranks of an engine are one model")
        .isEqualTo(5);
    assertThat(
            told.of(
                "oriel_model_requests_total{engine=\"vllm\", finished=\"stop\","
                    + " model=\"qwen3-32b\"}"))
        .isEqualTo(15);
    assertThat(
            told.of(
                "oriel_model_time_to_first_token_seconds_bucket{engine=\"vllm\", le=\"0.1\","
                    + " model=\"qwen3-32b\"}"))
        .isEqualTo(4);
    assertThat(
            told.of(
                "oriel_model_info{engine=\"vllm\", max_context=\"40960\", model=\"qwen3-32b\","
                    + " root=\"Qwen/Qwen3-32B\", version=\"0.26.0\"}"))
        .isEqualTo(1);
    assertThat(told.of("oriel_model_state{engine=\"vllm\", model=\"qwen3-32b\", state=\"ready\"}"))
        .isEqualTo(1);
  }

  @Test
  void of_twin_names_the_newer_counts_and_they_are_not_added_up() throws Exception {
    assertThat(round().of("oriel_model_kv_cache_used_ratio{engine=\"vllm\", model=\"qwen3-32b\"}"))
        .isEqualTo(0.5);
  }

  @Test
  void an_older_name_counts_where_the_newer_is_missing() throws Exception {
    server.page("/metrics", PAGE.replaceAll("(?m)^.*kv_cache_usage_perc.*\n", ""));

    assertThat(round().of("oriel_model_kv_cache_used_ratio{engine=\"vllm\", model=\"qwen3-32b\"}"))
        .isEqualTo(0.9);
  }

  @Test
  void a_page_with_underscores_for_colons_means_the_same() throws Exception {
    server.page("/metrics", PAGE.replace("vllm:", "vllm_"));

    assertThat(round().of("oriel_model_requests_running{engine=\"vllm\", model=\"qwen3-32b\"}"))
        .isEqualTo(5);
  }

  @Test
  void a_server_that_is_gone_has_its_models_down() throws Exception {
    round();
    server.die();
    readings.begin();

    assertThatThrownBy(() -> collector.collect(readings)).isInstanceOf(CollectorFailure.class);

    assertThat(Told.of(readings).of("oriel_model_up{engine=\"vllm\", model=\"qwen3-32b\"}"))
        .isZero();
    assertThat(readings.size()).as("and nothing else is made up").isEqualTo(1);
  }

  @Test
  void a_server_that_never_answered_tells_nothing() {
    server.die();
    readings.begin();

    assertThatThrownBy(() -> collector.collect(readings)).isInstanceOf(CollectorFailure.class);

    assertThat(readings.size()).isZero();
  }

  @Test
  void an_engine_that_is_dead_behind_its_server_is_failed() throws Exception {
    round();
    server.status("/health", 503);

    Told told = round();

    assertThat(told.of("oriel_model_up{engine=\"vllm\", model=\"qwen3-32b\"}")).isZero();
    assertThat(told.of("oriel_model_state{engine=\"vllm\", model=\"qwen3-32b\", state=\"failed\"}"))
        .isEqualTo(1);
  }

  @Test
  void a_model_that_sleeps_is_said_to() throws Exception {
    server.page(
        "/metrics",
        PAGE + "vllm:engine_sleep_state{model_name=\"qwen3-32b\",sleep_state=\"discard_all\"} 1\n");

    assertThat(
            round()
                .of("oriel_model_state{engine=\"vllm\", model=\"qwen3-32b\", state=\"sleeping\"}"))
        .isEqualTo(1);
  }

  @Test
  void a_page_without_the_engines_series_is_told_with_the_switch_to_look_for() throws Exception {
    server.page("/metrics", "process_cpu_seconds_total 4\n");

    round();

    assertThat(readings.failures().get("metrics"))
        .contains("none of vllm's", "--disable-log-stats");
  }

  @Test
  void facts_are_asked_now_and_then_and_after_a_restart() throws Exception {
    for (int i = 0; i < 21; i++) round();
    assertThat(server.asked().stream().filter("GET /version"::equals)).hasSize(2);
    server.die();
    readings.begin();
    assertThatThrownBy(() -> collector.collect(readings)).isInstanceOf(CollectorFailure.class);
    server.live();
    server.json("/version", "{\"version\": \"0.27.0\"}");

    assertThat(round().values().keySet())
        .anyMatch(series -> series.valueOf("version").equals("0.27.0"));
  }

  @Test
  void a_steady_round_allocates_little() throws Exception {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 200; i++) round();
    readings.begin();
    long before = threads.getCurrentThreadAllocatedBytes();
    collector.collect(readings);

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(64 << 10);
  }

  @Test
  void llama_cpp_has_no_label_for_its_model_and_gets_it_from_its_properties() throws Exception {
    server
        .page(
            "/metrics",
            "# TYPE llamacpp:requests_processing gauge\nllamacpp:requests_processing 2\n")
        .json(
            "/props",
            "{\"model_alias\": \"phi-4\", \"model_path\": \"/models/phi-4.gguf\", \"build_info\":"
                + " \"b7200\", \"default_generation_settings\": {\"n_ctx\": 16384}}");
    collector = of(Engine.LLAMA_CPP);

    assertThat(round().of("oriel_model_requests_running{engine=\"llama.cpp\", model=\"phi-4\"}"))
        .isEqualTo(2);
  }

  @Test
  void a_real_page_of_vllm_is_understood() throws Exception {
    server.page("/metrics", capture("vllm_datadog_fixture.txt"));

    Told told = round();

    for (String metric :
        new String[] {
          "oriel_model_requests_running",
          "oriel_model_requests_waiting",
          "oriel_model_input_tokens_total",
          "oriel_model_output_tokens_total",
          "oriel_model_kv_cache_used_ratio",
          "oriel_model_preemptions_total",
          "oriel_model_time_to_first_token_seconds_count",
          "oriel_model_inter_token_seconds_count",
          "oriel_model_request_seconds_count"
        }) {
      assertThat(told.values().keySet()).as(metric).anyMatch(s -> s.metricName().equals(metric));
    }
  }

  @Test
  void a_real_page_of_triton_is_understood() throws Exception {
    server.page("/metrics", capture("triton.txt"));
    collector = of(Engine.TRITON);

    assertThat(round().values().keySet())
        .anyMatch(series -> series.metricName().equals("oriel_model_requests_total"));
  }

  private static String capture(String file) throws IOException {
    return Files.readString(SharedData.reference("metrics/samples/" + file));
  }

  private String fact(ModelField field) {
    return collector.models().getFirst().first(field);
  }

  @Test
  void the_catalogue_hears_what_the_server_says_of_its_models() throws Exception {
    round();

    assertThat(collector.models())
        .singleElement()
        .satisfies(model -> {
          assertThat(model.name()).isEqualTo("qwen3-32b");
          assertThat(model.source()).isEqualTo("vllm http://gpu1:8000 /v1/models");
          assertThat(model.facts())
              .contains(
                  new ModelFact(
                      ModelField.ENGINE_VERSION, "0.26.0", "vllm http://gpu1:8000 /version"),
                  new ModelFact(ModelField.CONTEXT, "40960", "vllm http://gpu1:8000 /v1/models"));
        });
    assertThat(fact(ModelField.SOURCE)).isEqualTo("Qwen/Qwen3-32B");
    assertThat(fact(ModelField.STATE)).isEqualTo("ready");
  }

  @Test
  void a_steady_round_hands_the_catalogue_the_same_list() throws Exception {
    round();
    var before = collector.models();

    round();

    assertThat(collector.models()).isSameAs(before);
  }

  @Test
  void the_catalogue_keeps_a_server_that_has_gone_as_unreachable() throws Exception {
    round();
    server.die();

    assertThatThrownBy(this::round).isInstanceOf(CollectorFailure.class);

    assertThat(fact(ModelField.STATE)).isEqualTo("unreachable");
    assertThat(fact(ModelField.CONTEXT)).isEqualTo("40960");
  }

  @Test
  void llama_cpp_tells_parameters_and_the_size_of_its_file() throws Exception {
    server
        .page("/metrics", "llamacpp:requests_processing 0\n")
        .json(
            "/v1/models",
            """
            {"data": [{"id": "/models/x.gguf", "meta":
              {"n_ctx_train": 262144, "n_params": 4022468096, "size": 4280404224}}]}
            """)
        .json(
            "/props",
            """
            {"model_alias": "qwen3-4b", "model_path": "/models/x.gguf", "build_info": "b7820",
             "default_generation_settings": {"n_ctx": 32768}}
            """);
    collector = of(Engine.LLAMA_CPP);

    round();

    assertThat(fact(ModelField.PARAMETERS)).isEqualTo("4022468096");
    assertThat(fact(ModelField.DISK)).isEqualTo("4280404224");
    assertThat(fact(ModelField.CONTEXT)).isEqualTo("32768");
    assertThat(fact(ModelField.LONGEST_CONTEXT)).isEqualTo("262144");
  }
}
