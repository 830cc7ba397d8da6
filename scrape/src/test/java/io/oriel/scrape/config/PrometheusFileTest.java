package io.oriel.scrape.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.limit.Limits;
import io.oriel.wire.exposition.ExpositionFormat;
import io.oriel.wire.http.Credentials;
import io.oriel.wire.http.Secret;
import io.oriel.wire.targets.TargetGroup;
import io.oriel.wire.yaml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusFileTest {
  @TempDir Path folder;
  private final Problems problems = new Problems();
  private final Problems warnings = new Problems();

  private ScrapeSetup read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("p.yml"), text);
    return PrometheusFile.read(file, Limits.NORMAL, problems, warnings);
  }

  private String told(Problems told) {
    return told.toString().replace(folder + "/", "");
  }

  @Test
  void what_is_not_said_has_prometheus_defaults() throws IOException {
    var setup = read("scrape_configs: [{job_name: a, static_configs: [{targets: ['x:1']}]}]");

    ScrapeConfig job = setup.jobs().getFirst();
    assertThat(told(problems)).isEmpty();
    assertThat(job.intervalMs()).isEqualTo(60_000);
    assertThat(job.timeoutMs()).isEqualTo(10_000);
    assertThat(job.scheme()).isEqualTo("http");
    assertThat(job.metricsPath()).isEqualTo("/metrics");
    assertThat(job.settings()).isEqualTo(ScrapeSettings.NORMAL);
    assertThat(job.groups())
        .containsExactly(new TargetGroup(List.of("x:1"), Map.of(), "p.yml, static_configs"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a b:99999             | has no host that a name or an address could be
          gpu1:99999            | has the port '99999', not one from 1 to 65535
          gpu1:0                | has the port '0', not one from 1 to 65535
          gpu1:                 | has the port '', not one from 1 to 65535
          gpu1:http             | has the port 'http', not one from 1 to 65535
          http://gpu1:9400      | is not host and port, it has a slash
          gpu1:9400/metrics     | is not host and port, it has a slash
          '::1:9400'            | has several colons; an IPv6 address stands in square brackets
          '[::g]:9400'          | has no host that a name or an address could be
          user@gpu1:9400        | has no host that a name or an address could be
          ':9400'               | has no host that a name or an address could be
          """)
  void a_target_that_is_no_address_is_refused_with_its_place(String target, String fault)
      throws IOException {
    read(
        """
        scrape_configs:
        - job_name: a
          static_configs:
          - targets: ['fine:1', '%s']
        """
            .formatted(target));

    assertThat(told(problems))
        .isEqualTo(
            "p.yml:4:25: the target '%s' %s; write host:port, for example gpu1:9400; scheme and path"
                    .formatted(target, fault)
                + " have keys of their own");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu1", "gpu-1.lan:9400", "10.0.0.1:80", "[::1]:9400", "a_b:1", "ö.de:1"})
  void what_may_be_an_address_is_taken(String target) throws IOException {
    read("scrape_configs: [{job_name: a, static_configs: [{targets: ['%s']}]}]".formatted(target));

    assertThat(told(problems)).isEmpty();
  }

  @Test
  void relabelling_may_make_an_address_of_anything() throws IOException {
    read(
        """
        scrape_configs:
        - job_name: probe
          static_configs: [{targets: ['https://example.com/']}]
          relabel_configs: [{target_label: __address__, replacement: 'probe:9115'}]
        """);

    assertThat(told(problems)).isEmpty();
  }

  @Test
  void each_key_of_a_job_is_read() throws IOException {
    var job =
        read("""
        global: {scrape_interval: 30s, scrape_timeout: 20s, external_labels: {site: a}}
        scrape_configs:
        - job_name: all
          scrape_interval: 15s
          scheme: https
          metrics_path: /probe
          params: {module: [http_2xx], target: [a, b]}
          honor_labels: true
          honor_timestamps: false
          track_timestamps_staleness: true
          scrape_protocols: [OpenMetricsText1.0.0, PrometheusText0.0.4]
          fallback_scrape_protocol: PrometheusText0.0.4
          enable_compression: false
          follow_redirects: false
          body_size_limit: 1MB
          sample_limit: 1
          label_limit: 2
          label_name_length_limit: 3
          label_value_length_limit: 4
          target_limit: 5
          basic_auth: {username: ann, password_file: pw}
          tls_config: {ca_file: ca.pem, cert_file: c.pem, key_file: k.pem,
            server_name: gpu1, min_version: TLS13, insecure_skip_verify: true}
          http_headers: {X-Tenant: {values: [blue], files: [t]}}
          file_sd_configs: [{files: ['targets/*.json'], refresh_interval: 1m}]
          relabel_configs: [{action: drop, regex: x, source_labels: [a]}]
          metric_relabel_configs: [{action: labeldrop, regex: x}]
        """)
            .jobs()
            .getFirst();

    assertThat(told(problems)).isEmpty();
    assertThat(told(warnings)).isEmpty();
    assertThat(job.timeoutMs()).isEqualTo(15_000);
    assertThat(job.params())
        .isEqualTo(Map.of("module", List.of("http_2xx"), "target", List.of("a", "b")));
    assertThat(job.targetLimit()).isEqualTo(5);
    assertThat(job.files()).containsExactly(new FileGroups(folder.resolve("targets/*.json")));
    ScrapeSettings settings = job.settings();
    assertThat(settings.limits()).isEqualTo(new SampleLimits(1 << 20, 1, 2, 3, 4));
    assertThat(settings.accept())
        .isEqualTo(
            "application/openmetrics-text;version=1.0.0;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1");
    assertThat(settings.fallback()).isEqualTo(ExpositionFormat.TEXT);
    assertThat(settings.http().credentials())
        .isEqualTo(
            new Credentials.Basic(new Secret("ann", null), new Secret("", folder.resolve("pw"))));
    assertThat(settings.http().tls().serverName()).isEqualTo("gpu1");
    assertThat(settings.http().tls().minVersion()).isEqualTo("TLSv1.3");
    assertThat(settings.http().headers().get("X-Tenant")).hasSize(2);
  }

  @Test
  void everything_that_is_wrong_is_told_at_once() throws IOException {
    read(
        """
        global:
          scrape_intervall: 15s
        scrape_configs:
        - job_name: a
          scrape_interval: 10s
          scrape_timeout: 20s
          metric_path: /x
        - job_name: a
          proxy_url: http://proxy:3128
          scheme: ftp
          basic_auth: {usernam: ann}
        - static_configs: [{target: [x]}]
        """);

    assertThat(told(problems))
        .isEqualTo(
            """
            p.yml:2:3: there is no key scrape_intervall in global; did you mean scrape_interval? Otherwise remove it
            p.yml:6:19: scrape_configs[0].scrape_timeout is 20s, longer than the interval; write a timeout that is not longer than scrape_interval
            p.yml:7:3: there is no key metric_path in scrape_configs[0]; did you mean metrics_path? Otherwise remove it
            p.yml:8:13: the job a is there already, at %1$s/p.yml:4:13; give each job a name of its own
            p.yml:9:14: scrape_configs[1].proxy_url is not supported yet; remove it, or leave this job to a Prometheus
            p.yml:10:11: scrape_configs[1].scheme is 'ftp'; write one of: http, https
            p.yml:11:16: there is no key usernam in scrape_configs[1].basic_auth; did you mean username? Otherwise remove it
            p.yml:12:3: scrape_configs[2].job_name is missing; add 'job_name: ...'
            p.yml:12:21: there is no key target in scrape_configs[2].static_configs[0]; did you mean targets? Otherwise remove it\
            """
                .replace("%1$s/", ""));
  }

  @Test
  void what_becomes_of_histograms_is_read_of_the_job_and_of_what_holds_for_all()
      throws IOException {
    var jobs =
        read("""
        global: {convert_classic_histograms_to_nhcb: true}
        scrape_configs:
        - {job_name: a, native_histogram_bucket_limit: 160}
        - {job_name: b, convert_classic_histograms_to_nhcb: false, native_histogram_min_bucket_factor: 1.1}
        - {job_name: c, native_histogram_min_bucket_factor: 0}
        - {job_name: d, native_histogram_min_bucket_factor: 2}
        - {job_name: e, native_histogram_min_bucket_factor: 1e300}
        """)
            .jobs();

    assertThat(told(problems)).isEmpty();
    assertThat(told(warnings)).isEmpty();
    assertThat(jobs.stream().map(job -> job.settings().histograms()))
        .containsExactly(
            new HistogramSettings(false, false, true, 160, 8),
            new HistogramSettings(false, false, false, 0, 2),
            new HistogramSettings(false, false, true, 0, 8),
            new HistogramSettings(false, false, true, 0, 0),
            new HistogramSettings(false, false, true, 0, -4));
  }

  @Test
  void who_wants_native_histograms_asks_for_protocol_buffers() throws IOException {
    var jobs =
        read("""
        global: {scrape_native_histograms: true}
        scrape_configs:
        - job_name: a
        - {job_name: b, scrape_native_histograms: false}
        - {job_name: c, always_scrape_classic_histograms: true, scrape_protocols: [PrometheusProto]}
        """)
            .jobs();

    assertThat(told(problems)).isEmpty();
    assertThat(told(warnings)).isEmpty();
    assertThat(jobs.get(0).settings().accept()).isEqualTo(ScrapeSettings.ACCEPT_NATIVE);
    assertThat(jobs.get(1).settings().accept()).isEqualTo(ScrapeSettings.ACCEPT);
    assertThat(jobs.get(2).settings().accept()).startsWith("application/vnd.google.protobuf;");
    assertThat(jobs.get(2).settings().histograms()).isEqualTo(new HistogramSettings(true, true));
  }

  @Test
  void what_is_known_and_not_used_yet_is_a_warning() throws IOException {
    read(
        """
        rule_files: [rules.yml]
        alerting: {alertmanagers: []}
        remote_read: [{url: x}]
        scrape_configs:
        - job_name: a
          docker_sd_configs: [{host: 'unix:///var/run/docker.sock'}]
          extra_scrape_metrics: true
        """);

    assertThat(told(problems)).isEmpty();
    assertThat(told(warnings))
        .isEqualTo(
            """
            p.yml:1:13: rule_files is not used yet; nothing is to do
            p.yml:2:11: alerting is not used yet; nothing is to do
            p.yml:3:14: remote_read is not used yet; nothing is to do
            p.yml:6:22: scrape_configs[0].docker_sd_configs is not supported yet, so its targets are not scraped; name them in static_configs or file_sd_configs
            p.yml:7:25: scrape_configs[0].extra_scrape_metrics is not used yet; nothing is to do\
            """);
  }

  @Test
  void of_the_section_storage_what_is_not_used_is_a_warning_that_names_what_does_it()
      throws IOException {
    read(
        """
        storage:
          tsdb:
            out_of_order_time_window: 30m
            retention: {time: 30d}
            stale_series_compaction_threshold: 0.3
          exemplars: {max_exemplars: 5}
        """);

    assertThat(told(problems)).isEmpty();
    assertThat(told(warnings))
        .isEqualTo(
            """
            p.yml:4:16: storage.tsdb.retention is not used; write storage.retention and storage.max_bytes in oriel.yaml
            p.yml:5:40: storage.tsdb.stale_series_compaction_threshold is not used; nothing is to do
            p.yml:6:14: storage.exemplars is not used; limits.exemplars in oriel.yaml says how many are kept\
            """);
  }

  @Test
  void a_window_for_late_samples_that_is_no_length_of_time_is_a_problem() throws IOException {
    read("storage: {tsdb: {out_of_order_time_window: soon}}");

    assertThat(told(problems)).startsWith("p.yml:1:44: storage.tsdb.out_of_order_time_window");
  }

  @Test
  void further_files_of_jobs_are_read() throws IOException {
    Files.createDirectories(folder.resolve("jobs"));
    Files.writeString(folder.resolve("jobs/b.yml"), "scrape_configs: [{job_name: b}]");
    Files.writeString(folder.resolve("jobs/c.yml"), "scrape_configs: [{job_nam: c}]");

    var setup = read("scrape_config_files: ['jobs/*.yml']\nscrape_configs: [{job_name: a}]");

    assertThat(setup.jobs()).extracting(ScrapeConfig::jobName).contains("a", "b");
    assertThat(told(problems)).contains("jobs/c.yml:1:19: there is no key job_nam");
  }

  @Test
  void jobs_that_were_read_again_are_equal() throws IOException {
    String text =
        """
        scrape_configs:
        - job_name: a
          tls_config: {ca_file: x}
          metric_relabel_configs: [{action: keep, source_labels: [a], regex: x.*}]
        """;

    assertThat(read(text)).isEqualTo(read(text));
  }

  @Test
  void secrets_are_not_shown() {
    assertThat(new Secret("s3cret", null)).hasToString("(secret)");
    assertThat(
            new Credentials.Basic(new Secret("ann", null), new Secret("s3cret", null)).toString())
        .doesNotContain("s3cret");
  }

  @Test
  void the_configuration_that_debian_ships_is_read() {
    Path file = Path.of("/etc/prometheus/prometheus.yml");
    Assumptions.assumeTrue(
        Files.isReadable(file), "skipped, nothing was checked: Debian's prometheus is not here");

    var setup = PrometheusFile.read(file, Limits.NORMAL, problems, warnings);

    assertThat(told(problems)).isEmpty();
    assertThat(setup.jobs()).isNotEmpty();
  }
}
