package io.oriel.scrape.discover;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Labels;
import io.oriel.model.limit.Limits;
import io.oriel.scrape.config.PrometheusFile;
import io.oriel.scrape.config.ScrapeSetup;
import io.oriel.wire.yaml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryTest {
  @TempDir Path folder;
  private final Discovery discovery = new Discovery(Limits.NORMAL);

  private ScrapeSetup setup(String jobs) throws IOException {
    Path file = Files.writeString(folder.resolve("p.yml"), "scrape_configs:\n" + jobs);
    var problems = new Problems();
    var setup = PrometheusFile.read(file, Limits.NORMAL, problems, new Problems());
    assertThat(problems.toString()).isEmpty();
    return setup;
  }

  private Discovery.Found find(String jobs) throws IOException {
    return discovery.find(setup(jobs));
  }

  @Test
  void labels_of_a_target_come_from_group_and_job_and_inner_ones_go() throws IOException {
    var found =
        find(
            """
            - job_name: vllm
              params: {a: [x, y], b: [z z]}
              static_configs: [{targets: ['gpu1:8000'], labels: {site: A, __meta_x: y}}]
            """);

    Target target = found.targets().iterator().next();
    assertThat(target.labels())
        .isEqualTo(Labels.of("instance", "gpu1:8000", "job", "vllm", "site", "A"));
    assertThat(target.uri()).hasToString("http://gpu1:8000/metrics?a=x&a=y&b=z+z");
    assertThat(target.name()).isEqualTo("gpu1:8000");
    assertThat(target.discovered()).containsEntry("__meta_x", "y").containsEntry("__param_a", "x");
  }

  @Test
  void relabelling_decides_on_address_path_interval_and_instance() throws IOException {
    var found =
        find(
            """
            - job_name: probe
              metrics_path: /probe
              static_configs: [{targets: ['https://example.org']}]
              relabel_configs:
              - {source_labels: [__address__], target_label: __param_target}
              - {source_labels: [__param_target], target_label: instance}
              - {target_label: __address__, replacement: 'blackbox:9115'}
              - {target_label: __scrape_interval__, replacement: 5s}
              - {target_label: __scrape_timeout__, replacement: 3s}
            """);

    Target target = found.targets().iterator().next();
    assertThat(target.uri())
        .hasToString("http://blackbox:9115/probe?target=https%3A%2F%2Fexample.org");
    assertThat(target.labels())
        .isEqualTo(Labels.of("instance", "https://example.org", "job", "probe"));
    assertThat(target.intervalMs()).isEqualTo(5_000);
    assertThat(target.timeoutMs()).isEqualTo(3_000);
  }

  @Test
  void the_same_target_twice_is_one() throws IOException {
    assertThat(find("- {job_name: a, static_configs: [{targets: ['x:1', 'x:1']}]}").targets())
        .hasSize(1);
  }

  @Test
  void what_can_not_be_asked_says_why() throws IOException {
    var found =
        find(
            """
            - job_name: a
              relabel_configs: [{action: labeldrop, regex: none}]
              static_configs:
              - targets: ['', 'a b:1', 'x:1']
              - {targets: ['y:1'], labels: {__scheme__: ftp}}
              - {targets: ['z:1'], labels: {__scrape_timeout__: 2m}}
              - {targets: ['w:1'], labels: {__scrape_interval__: soon}}
            """);

    assertThat(found.targets()).hasSize(1);
    assertThat(found.dropped())
        .extracting(DroppedTarget::reason)
        .containsExactly(
            "there is no __address__ after relabelling",
            "'a b:1' has no host that a name or an address could be",
            "__scheme__ is 'ftp'; http and https are known",
            "its timeout is longer than its interval after relabelling",
            "__scrape_interval__ is 'soon', not a duration");
  }

  @Test
  void over_its_target_limit_a_job_is_not_asked() throws IOException {
    var found =
        find("- {job_name: a, target_limit: 1, static_configs: [{targets: ['x:1', 'y:1']}]}");

    assertThat(found.targets()).isEmpty();
    assertThat(found.dropped())
        .hasSize(2)
        .allSatisfy(d -> assertThat(d.reason()).contains("over its target_limit of 1"));
  }

  @Test
  void targets_are_read_from_files_in_json_and_yaml() throws IOException {
    Files.writeString(folder.resolve("a.json"), "[{\"targets\": [\"x:1\"]}]");
    Files.writeString(folder.resolve("b.yml"), "- targets: ['y:1']\n  labels: {site: B}\n");
    Files.writeString(folder.resolve("c.txt"), "- targets: ['z:1']\n");

    var found = find("- {job_name: a, file_sd_configs: [{files: ['*.json', 'b*.yml']}]}");

    assertThat(found.targets()).extracting(Target::name).containsExactly("x:1", "y:1");
    assertThat(found.targets().iterator().next().discovered())
        .containsEntry("__meta_filepath", folder.resolve("a.json").toString());
  }

  @Test
  void a_file_that_goes_takes_its_targets_along() throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), "[{\"targets\": [\"x:1\"]}]");
    var setup = setup("- {job_name: a, file_sd_configs: [{files: ['a*.json']}]}");
    assertThat(discovery.find(setup).targets()).hasSize(1);

    Files.delete(file);

    assertThat(discovery.find(setup).targets()).isEmpty();
  }

  @Test
  void targets_are_spread_over_the_interval_and_each_keeps_its_moment() throws IOException {
    var targets = new StringBuilder();
    for (int i = 0; i < 200; i++) targets.append("'gpu").append(i).append(":9100',");
    var found = find("- {job_name: a, static_configs: [{targets: [%s]}]}".formatted(targets));

    var halves = new int[2];
    var moments = new HashSet<Long>();
    for (Target target : found.targets()) {
      long first = target.firstAfter(1_700_000_000_000L);
      assertThat(first).isGreaterThan(1_700_000_000_000L).isLessThanOrEqualTo(1_700_000_060_000L);
      assertThat(target.firstAfter(first)).isEqualTo(first + 60_000);
      halves[(int) (Math.floorMod(first, 60_000L) / 30_000)]++;
      moments.add(Math.floorMod(first, 60_000L));
    }
    assertThat(halves[0]).isBetween(60, 140);
    assertThat(moments).hasSizeGreaterThan(190);
    assertThat(found.targets().iterator().next().id())
        .isEqualTo(
            find("- {job_name: a, static_configs: [{targets: ['gpu0:9100']}]}")
                .targets()
                .iterator()
                .next()
                .id());
  }
}
