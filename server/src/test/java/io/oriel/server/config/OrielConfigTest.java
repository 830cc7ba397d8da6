package io.oriel.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.oriel.collect.discover.SystemList;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import io.oriel.wire.http.Credentials;
import io.oriel.wire.yaml.Problems;
import io.oriel.wire.yaml.YamlFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrielConfigTest {
  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void with_no_file_at_all_everything_has_a_default() {
    OrielConfig config = OrielConfig.load(Flags.NONE, environment::get);

    assertThat(config.listen().address().isLoopbackAddress()).isTrue();
    assertThat(config.listen().port()).isEqualTo(23_000);
    assertThat(config.listen().prometheusPort()).isEqualTo(23_001);
    assertThat(config.storage().folder()).isEqualTo(Path.of("data"));
    assertThat(config.storage().retention()).isEqualTo(Duration.ofDays(15));
    assertThat(config.collectors().enabled()).isTrue();
    assertThat(config.adminApi()).isFalse();
  }

  @Test
  void the_series_of_the_store_are_bounded_by_what_the_heap_bears() {
    var problems = new Problems();
    var nothing = YamlFile.parse("", "oriel.yaml", Limits.NORMAL, problems).section("limits");

    Limits small = LimitsConfig.read(nothing, 256 << 20, problems, problems);
    Limits large = LimitsConfig.read(nothing, 64L << 30, problems, problems);

    assertThat(small.of(Limit.SERIES)).isEqualTo(131_072);
    assertThat(small.of(Limit.SERIES_LABEL_BYTES)).isEqualTo(64 << 20);
    assertThat(small.of(Limit.SCRAPE_BODY_BYTES)).isEqualTo(32 << 20);
    assertThat(small.of(Limit.SCRAPE_SAMPLES)).isEqualTo(131_072);
    assertThat(large.of(Limit.SERIES)).isEqualTo(5_000_000);
    assertThat(large.of(Limit.SCRAPE_BODY_BYTES)).isEqualTo(64 << 20);
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void more_series_than_the_heap_bears_are_allowed_with_a_warning() {
    var problems = new Problems();
    var warnings = new Problems();
    var written =
        YamlFile.parse("limits: {series: 1000000}", "oriel.yaml", Limits.NORMAL, problems);

    Limits limits = LimitsConfig.read(written.section("limits"), 256 << 20, problems, warnings);

    assertThat(limits.of(Limit.SERIES)).isEqualTo(1_000_000);
    assertThat(problems.isEmpty()).isTrue();
    assertThat(warnings.toString())
        .contains("limits.series is 1000000, more than a heap of 256 MiB bears (131072)", "-Xmx");
  }

  @Test
  void what_can_never_be_or_bounds_nothing_is_refused() throws IOException {
    Flags file = file("{limits: {series: 99999999999999}, storage: {max_bytes: 1}}");

    assertThatThrownBy(() -> OrielConfig.load(file, environment::get))
        .hasMessageContaining("limits.series is 99999999999999")
        .hasMessageContaining("storage.max_bytes is 1, less than a few blocks take");
  }

  @Test
  void a_password_in_an_address_is_not_told_again() throws IOException {
    Flags file = file("metrics: {engine: prometheus, url: 'ftp://ann:s3cret@host'}");

    assertThatThrownBy(() -> OrielConfig.load(file, environment::get))
        .hasMessageContaining("metrics.url is ftp://ann:<secret>@host")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void a_path_to_write_to_that_is_none_is_refused_and_tells_no_password() throws IOException {
    for (String path :
        List.of("'http://ann:s3cret@'", "'http://ann:s3cret@ho st/'", "'//other/w'", "'a b'")) {
      Flags file =
          file(
              "metrics: {engine: prometheus, url: 'http://host:9090', write_path: %s}"
                  .formatted(path));

      assertThatThrownBy(() -> OrielConfig.load(file, environment::get))
          .hasMessageContaining("metrics.write_path is ")
          .hasMessageNotContaining("s3cret")
          .hasMessageNotContaining("java.");
    }
  }

  @Test
  void a_path_to_write_to_is_one_of_the_engine_or_an_address_of_its_own() throws IOException {
    for (var each :
        Map.of("w", "http://host:9090/w", "'http://two/w'", "http://two/w").entrySet()) {
      OrielConfig config =
          OrielConfig.load(
              file(
                  "metrics: {engine: prometheus, url: 'http://host:9090/x', write_path: %s}"
                      .formatted(each.getKey())),
              environment::get);

      assertThat(config.out().engine().orElseThrow().writes()).hasToString(each.getValue());
    }
  }

  @Test
  void what_is_no_name_of_a_host_is_refused() throws IOException {
    Flags good = file("listen: {hosts: [oriel.example, 10.0.0.1, '[::1]', '::1']}");
    assertThat(OrielConfig.load(good, environment::get).listen().hosts()).hasSize(4);

    Flags file = file("listen: {hosts: ['a b', 'http://oriel.example', 'oriel.example:80']}");

    assertThatThrownBy(() -> OrielConfig.load(file, environment::get))
        .hasMessageContaining("'a b' is no name of a host")
        .hasMessageContaining("'http://oriel.example' is no name of a host")
        .hasMessageContaining("'oriel.example:80' is no name of a host");
  }

  @Test
  void systems_are_read_with_the_words_of_prometheus() throws IOException {
    Flags file =
        file(
            """
            collectors:
              discover: false
              systems:
                - {kind: vLLM, url: 'http://gpu1:8000'}
                - kind: ollama
                  url: https://gpu2/ollama
                  basic_auth: {username: ann, password_file: secret}
            """);

    CollectorsConfig collectors = OrielConfig.load(file, environment::get).collectors();

    assertThat(collectors.discover()).isFalse();
    assertThat(collectors.systems().named())
        .extracting(each -> each.kind() + " " + each.address().shown())
        .containsExactly("VLLM http://gpu1:8000", "OLLAMA https://gpu2:443/ollama");
  }

  @Test
  void a_system_that_can_not_be_is_refused_with_what_to_write() throws IOException {
    Flags file =
        file(
            """
            collectors:
              systems:
                - {kind: vlm, url: 'http://gpu1:8000'}
                - {kind: vllm, url: 'http://ann:s3cret@gpu1:8000'}
                - {kind: vllm, url: 'gpu1:8000', colour: red}
                - {kind: vllm}
            """);

    assertThatThrownBy(() -> OrielConfig.load(file, environment::get))
        .hasMessageContaining("there is no kind of system called vlm")
        .hasMessageContaining("write one of vllm, sglang")
        .hasMessageContaining("a user belongs into basic_auth")
        .hasMessageContaining("colour")
        .hasMessageContaining("url is missing")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void systems_are_listed_by_files_beside_the_configuration_and_by_names_of_the_dns()
      throws IOException {
    Flags file =
        file(
            """
            collectors:
              systems:
                - kind: vllm
                  files: [systems/*.yaml, /etc/oriel/gpu1.json]
                  scheme: https
                  bearer_token_file: token
                - {kind: litellm, top: 5, dns: {names: [_litellm._tcp.example.org]}}
                - {kind: ollama, dns: {names: [gpus.example.org.], type: A, port: 1234}}
                - {kind: ollama, dns: {names: [gpus], type: aaaa}}
            """);

    var lists = OrielConfig.load(file, environment::get).collectors().systems().lists();

    assertThat(lists)
        .extracting(each -> each.entry().kind().word() + " " + each.by() + " " + each.name())
        .containsExactly(
            "vllm files " + folder.toAbsolutePath().resolve("systems/*.yaml"),
            "vllm files /etc/oriel/gpu1.json",
            "litellm dns SRV _litellm._tcp.example.org",
            "ollama dns A gpus.example.org.",
            "ollama dns AAAA gpus");
    assertThat(lists.getFirst().entry().scheme()).isEqualTo("https");
    assertThat(lists.getFirst().entry().http().credentials()).isInstanceOf(Credentials.Token.class);
    assertThat(lists.get(2).entry().options().litellm().top()).isEqualTo(5);
    assertThat(((SystemList.InDns) lists.get(3)).port()).isEqualTo(1234);
    assertThat(((SystemList.InDns) lists.get(4)).port()).isEqualTo(11_434);
  }

  @Test
  void a_list_of_systems_that_can_not_be_is_refused_at_its_place() throws IOException {
    Flags file =
        file(
            """
            collectors:
              systems:
                - {kind: vllm, files: [systems/*.txt]}
                - {kind: vllm, files: []}
                - {kind: vllm, url: 'http://gpu1:8000', dns: {names: [gpus]}}
                - {kind: vllm, dns: {names: ['a b'], type: MX}}
                - {kind: vllm, dns: {names: [gpus], port: 8000}}
                - {kind: vllm, dns: {name: gpus}}
                - {kind: vllm, url: 'http://gpu1:8000', scheme: https}
            """);

    assertThatThrownBy(() -> OrielConfig.load(file, environment::get))
        .hasMessageContaining("oriel.yaml:3:28: collectors.systems[0].files is 'systems/*.txt'")
        .hasMessageContaining("collectors.systems[1].files names none")
        .hasMessageContaining("collectors.systems[2].dns says where by url and dns")
        .hasMessageContaining("write an entry for each")
        .hasMessageContaining("'a b', which is no name of the DNS")
        .hasMessageContaining("write one of: srv, a, aaaa")
        .hasMessageContaining("records of type SRV name ports themselves")
        .hasMessageContaining("did you mean names?")
        .hasMessageContaining("there is no key scheme in collectors.systems[6]");
  }

  @Test
  void a_folder_of_text_files_that_is_not_there_is_warned_of() throws IOException {
    OrielConfig config =
        OrielConfig.load(file("collectors: {text_files: nowhere}"), environment::get);

    assertThat(config.warnings().toString()).contains("nowhere, which is no folder");
  }

  private OrielConfig following(String prometheus, String oriel) throws IOException {
    Files.writeString(folder.resolve("prometheus.yml"), prometheus);
    String both = "scrape: {prometheus_config: prometheus.yml}\n" + oriel;
    return OrielConfig.load(file(both), environment::get);
  }

  @Test
  void how_late_samples_may_come_is_followed_from_prometheus_yml() throws IOException {
    String hour = "storage: {tsdb: {out_of_order_time_window: 1h}}";

    OrielConfig silent = following(hour, "");
    OrielConfig own = following(hour, "storage: {out_of_order_window: 10m}");
    OrielConfig none = following(hour, "storage: {out_of_order_window: 0s}");

    assertThat(silent.storage().outOfOrderWindow()).isEqualTo(Duration.ofHours(1));
    assertThat(silent.warnings()).isEmpty();
    assertThat(own.storage().outOfOrderWindow()).isEqualTo(Duration.ofMinutes(10));
    assertThat(none.storage().outOfOrderWindow()).isZero();
    assertThat(silent.needsRestartFor(own)).isTrue();
  }

  @Test
  void samples_may_come_no_later_than_is_kept_and_that_is_said() throws IOException {
    OrielConfig config =
        following("storage: {tsdb: {out_of_order_time_window: 30d}}", "storage: {retention: 2d}");

    assertThat(config.storage().outOfOrderWindow()).isEqualTo(Duration.ofDays(2));
    assertThat(config.warnings().toString())
        .contains("prometheus.yml:1:44: storage.tsdb.out_of_order_time_window is longer than");
  }

  @Test
  void a_file_says_otherwise_and_flags_win_over_it() throws IOException {
    Files.writeString(folder.resolve("prometheus.yml"), "scrape_configs: [{job_name: gpu}]\n");
    Flags file =
        file(
            """
            listen: {port: 24000, base_path: oriel/}
            storage:
              folder: metrics-of-mine
              retention: 30d
              sync: always
            limits:
              query_samples: 1000
              scrape_body_bytes: 1MiB
            collectors: {interval: 5s, instance: gpu1, text_files: written}
            scrape: {prometheus_config: prometheus.yml}
            """);
    OrielConfig plain = OrielConfig.load(file, environment::get);
    OrielConfig flagged =
        OrielConfig.load(
            new Flags(
                file.config(),
                Optional.of(Path.of("/srv/oriel")),
                Optional.of(0),
                Optional.empty(),
                Optional.of("/other"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Duration.ofDays(2)),
                true,
                true,
                List.of(),
                Optional.empty()),
            environment::get);

    assertThat(plain.listen().prometheusPort()).isEqualTo(24_001);
    assertThat(plain.listen().basePath()).isEqualTo("/oriel");
    assertThat(plain.storage().folder()).isEqualTo(folder.resolve("metrics-of-mine"));
    assertThat(plain.storage().sync()).isEqualTo(StorageConfig.Sync.ALWAYS);
    assertThat(plain.limits().of(Limit.QUERY_SAMPLES)).isEqualTo(1000);
    assertThat(plain.limits().of(Limit.SCRAPE_BODY_BYTES)).isEqualTo(1 << 20);
    assertThat(plain.collectors().instance()).contains("gpu1");
    assertThat(plain.collectors().textFiles()).contains(folder.resolve("written"));
    assertThat(plain.scrape().jobs()).singleElement().matches(j -> j.jobName().equals("gpu"));
    assertThat(flagged.storage().folder()).isEqualTo(Path.of("/srv/oriel"));
    assertThat(flagged.storage().retention()).isEqualTo(Duration.ofDays(2));
    assertThat(flagged.listen().port()).isZero();
    assertThat(flagged.listen().prometheusPort()).isZero();
    assertThat(flagged.listen().basePath()).isEqualTo("/other");
    assertThat(flagged.collectors().enabled()).isFalse();
    assertThat(flagged.adminApi()).isTrue();
  }

  @Test
  void all_problems_are_told_at_once_each_with_its_place_and_remedy() throws IOException {
    Flags flags =
        file(
            """
            lissten: {}
            storage:
              retenshun: 30d
              retention: 1h
            limits:
              series: many
              query_steps: 0
            listen:
              address: not-an-address.invalid
            """);
    String at = flags.config().orElseThrow() + ":";

    assertThatThrownBy(() -> OrielConfig.load(flags, environment::get))
        .isInstanceOf(Refusal.CannotStart.class)
        .satisfies(e ->
            assertThat(String.valueOf(e.getMessage()).lines())
                .containsExactly(
                    at + "1:1: there is no key lissten; did you mean listen? Otherwise remove it",
                    at
                        + "3:3: there is no key retenshun in storage; did you mean retention?"
                        + " Otherwise remove it",
                    at
                        + "4:14: storage.retention is 1h, shorter than one block (2h); write 2h or"
                        + " more, for example 30d",
                    at
                        + "6:11: limits.series is 'many', which is not a whole number; write it like"
                        + " 42",
                    at
                        + "7:16: limits.query_steps is 0; write a number from 1 to "
                        + Long.MAX_VALUE,
                    at
                        + "9:12: there is no address not-an-address.invalid; write an address of"
                        + " this machine: 127.0.0.1, or 0.0.0.0 for all of them"));
  }

  @Test
  void variables_of_the_environment_are_filled_in() throws IOException {
    environment.put("KEEP", "30d");

    OrielConfig config =
        OrielConfig.load(
            file("storage: {retention: \"${KEEP}\"} # not ${THIS}\n"), environment::get);

    assertThat(config.storage().retention()).isEqualTo(Duration.ofDays(30));
  }

  @Test
  void a_variable_that_is_not_set_is_told_with_its_place() throws IOException {
    Flags flags = file("storage:\n  retention: ${KEEP}\n");

    assertThatThrownBy(() -> OrielConfig.load(flags, environment::get))
        .hasMessageContaining(":2:14: the variable KEEP is not set; set it before Oriel starts");
  }

  @Test
  void a_file_that_is_not_there_is_said() {
    Flags flags = flags(folder.resolve("nowhere.yaml"));

    assertThatThrownBy(() -> OrielConfig.load(flags, environment::get))
        .hasMessageContaining("nowhere.yaml: there is no such file");
  }

  @Test
  void every_row_of_the_tables_is_a_key_that_is_read() throws IOException {
    String everything =
        Arrays.stream(Setting.values())
                .collect(Collectors.groupingBy(Setting::section))
                .entrySet()
                .stream()
                .map(section ->
                    section.getKey()
                        + ":\n"
                        + section.getValue().stream()
                            .map(row -> "  " + row.key() + ":\n")
                            .collect(Collectors.joining()))
                .collect(Collectors.joining())
            + "limits:\n"
            + Arrays.stream(Limit.values())
                .map(limit -> "  " + limit.key() + ":\n")
                .collect(Collectors.joining());

    OrielConfig config = OrielConfig.load(file(everything), environment::get);

    assertThat(config.listen().port()).isEqualTo(23_000);
  }

  @Test
  void the_shipped_schema_is_what_the_tables_say() throws IOException {
    Path printed = Files.writeString(Path.of("target", "oriel.schema.json"), Schema.print());
    try (var shipped = OrielConfig.class.getResourceAsStream("/oriel.schema.json")) {
      assertThat(shipped).isNotNull();
      assertThat(new String(shipped.readAllBytes(), StandardCharsets.UTF_8))
          .as("a table has changed: copy %s to src/main/resources", printed.toAbsolutePath())
          .isEqualTo(Schema.print());
    }
    var json = new ObjectMapper().readTree(Schema.print());
    assertThat(json.at("/properties/storage/properties/retention/type").asText())
        .isEqualTo("string");
  }

  private Flags file(String yaml) throws IOException {
    return flags(Files.writeString(folder.resolve("oriel.yaml"), yaml));
  }

  private static Flags flags(Path config) {
    return new Flags(
        Optional.of(config),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        List.of(),
        Optional.empty());
  }
}
