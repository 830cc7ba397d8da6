package io.oriel.collect.discover;

import static io.oriel.wire.dns.RecordType.A;
import static io.oriel.wire.dns.RecordType.AAAA;
import static io.oriel.wire.dns.RecordType.SRV;
import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.Collector;
import io.oriel.collect.Readings;
import io.oriel.model.Labels;
import io.oriel.model.limit.Limits;
import io.oriel.model.testing.ManualClock;
import io.oriel.wire.dns.FakeDns;
import io.oriel.wire.dns.NameServers;
import io.oriel.wire.dns.RecordType;
import io.oriel.wire.http.HttpSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemListsTest {
  private static final SystemEntry VLLM =
      new SystemEntry(SystemKind.VLLM, "http", HttpSettings.NORMAL, SystemOptions.NORMAL);
  private static final String SERVICE = "_vllm._tcp.example.org";

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(0);
  private FakeDns dns;

  @BeforeEach
  void start() throws IOException {
    dns = new FakeDns();
  }

  @AfterEach
  void stop() throws IOException {
    dns.close();
  }

  private Discovery discovery(SystemList... lists) {
    return discovery(dns.asServers(), lists);
  }

  private Discovery discovery(NameServers servers, SystemList... lists) {
    var wanted = new WantedSystems(List.of(), List.of(lists));
    return new Discovery(wanted, List.of(), servers, Limits.NORMAL, clock, 1000);
  }

  private SystemList files(String pattern) {
    return new SystemList.InFiles(VLLM, folder.resolve(pattern));
  }

  private static SystemList names(RecordType type, String name) {
    return new SystemList.InDns(VLLM, name, type, 8000);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static List<String> where(List<Collector> collectors) {
    return collectors.stream().map(Collector::where).toList();
  }

  /** What is said of the lists: metrics with their values, and what failed. */
  private static Map<String, String> told(Discovery discovery) throws Exception {
    var told = new TreeMap<String, String>();
    var readings = new Readings();
    readings.begin();
    discovery.ofLists().orElseThrow().collect(readings);
    readings.forEach((metric, labels, value) ->
        told.put(metric.name() + " " + labels.valueOf("list"), "" + (int) value));
    told.putAll(readings.failures());
    return told;
  }

  /** Looks, each time half a minute later, until it is as it should be. */
  private List<Collector> until(Discovery discovery, Predicate<Discovery> isSo) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      var found = discovery.find();
      if (isSo.test(discovery)) return found;
      assertThat(System.nanoTime()).as("it was never so").isLessThan(end);
      clock.advance(30_000);
    }
  }

  private static Predicate<Discovery> says(String list, String words) {
    return discovery -> {
      try {
        return told(discovery).getOrDefault(list, "").contains(words);
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    };
  }

  @Test
  void systems_of_files_are_read_with_the_labels_of_their_group() throws IOException {
    write(
        "a.yaml",
        """
        - targets: ['gpu1:8001', gpu2]
          labels: {team: search, __meta_x: y}
        - {targets: ['gpu3:8443'], labels: {__scheme__: https, instance: third, job: mine}}
        """);

    var found = discovery(files("*.yaml")).find();

    assertThat(where(found))
        .containsExactly("http://gpu1:8001", "http://gpu2:8000", "https://gpu3:8443");
    assertThat(found.getFirst().labels())
        .isEqualTo(Labels.of("instance", "gpu1:8001", "team", "search"));
    assertThat(found.getLast().labels()).isEqualTo(Labels.of("instance", "third", "job", "mine"));
    assertThat(found.getFirst().foundBy())
        .isEqualTo("file %s, collectors.systems".formatted(folder.resolve("a.yaml")));
  }

  @Test
  void a_file_is_followed_and_a_system_that_stays_keeps_its_collector() throws Exception {
    write("a.yaml", "- targets: ['gpu1:8000', 'gpu2:8000']\n");
    var discovery = discovery(files("a.yaml"));
    var before = discovery.find();
    write("a.yaml", "- targets: ['gpu2:8000', 'gpu30:8000']\n");
    var after = discovery.find();
    Files.delete(folder.resolve("a.yaml"));

    assertThat(where(after)).containsExactly("http://gpu2:8000", "http://gpu30:8000");
    assertThat(after.getFirst()).isSameAs(before.getLast());
    assertThat(discovery.find()).isEmpty();
    assertThat(told(discovery))
        .containsEntry(
            folder.resolve("a.yaml").toString(),
            "there is no such file; write it, or correct collectors.systems");
  }

  @Test
  void a_file_with_a_mistake_leaves_its_last_systems_and_the_targets_page_says_so()
      throws Exception {
    write("a.yaml", "- targets: ['gpu1:8000', 'gpu2:8000']\n");
    var discovery = discovery(files("*.yaml"));
    discovery.find();
    write("a.yaml", "- target: ['gpu3:8000']\n");

    var found = discovery.find();

    String list = folder.resolve("*.yaml").toString();
    assertThat(where(found)).containsExactly("http://gpu1:8000", "http://gpu2:8000");
    assertThat(told(discovery))
        .containsEntry("oriel_discovery_systems " + list, "2")
        .containsEntry("oriel_discovery_read " + list, "0");
    assertThat(told(discovery).get(list))
        .startsWith("the 2 systems that it named before are still read, since ")
        .contains("a.yaml:1:3: there is no key target")
        .contains("; did you mean targets?");
  }

  @Test
  void an_address_that_is_none_costs_no_other_one() throws Exception {
    write("a.yaml", "- targets: ['gpu 1:8000', 'gpu_2:8000', 'gpu3:99999', 'gpu4:8000']\n");
    var discovery = discovery(files("*.yaml"));

    assertThat(where(discovery.find())).containsExactly("http://gpu4:8000");
    assertThat(told(discovery).get(folder.resolve("*.yaml").toString()))
        .contains("a.yaml: 'gpu 1:8000' has no host that a name or an address could be");
  }

  @Test
  void systems_of_the_dns_come_and_go_with_their_records() throws Exception {
    dns.has(SRV, SERVICE, "0 0 8001 gpu1.example.org").has(A, "gpus", "10.0.0.7");
    dns.has(AAAA, "six", "2001:db8::7");
    var discovery = discovery(names(SRV, SERVICE), names(A, "gpus"), names(AAAA, "six"));
    var before = until(discovery, says("oriel_discovery_systems AAAA six", "1"));
    dns.has(SRV, SERVICE, "0 0 8001 gpu1.example.org", "0 0 8002 gpu2.example.org");
    dns.forget(A, "gpus");
    var after = until(discovery, says("oriel_discovery_systems A gpus", "0"));

    assertThat(where(before))
        .containsExactly(
            "http://gpu1.example.org:8001",
            "http://10.0.0.7:8000",
            "http://[2001:db8:0:0:0:0:0:7]:8000");
    assertThat(before.getFirst().foundBy())
        .isEqualTo("DNS SRV _vllm._tcp.example.org, collectors.systems");
    assertThat(where(after)).doesNotContain("http://10.0.0.7:8000");
    assertThat(after.getFirst()).isSameAs(before.getFirst());
    until(discovery, says("oriel_discovery_systems SRV " + SERVICE, "2"));
  }

  @Test
  void name_servers_that_fail_leave_the_last_answer_and_the_targets_page_says_so()
      throws Exception {
    dns.has(SRV, SERVICE, "0 0 8001 gpu1.example.org");
    var discovery = discovery(names(SRV, SERVICE));
    until(discovery, says("oriel_discovery_systems SRV " + SERVICE, "1"));
    dns.breakDown(true);

    var found = until(discovery, says("oriel_discovery_read SRV " + SERVICE, "0"));

    assertThat(where(found)).containsExactly("http://gpu1.example.org:8001");
    assertThat(told(discovery).get("SRV " + SERVICE))
        .startsWith("the system that it named before is still read, since SRV _vllm._tcp")
        .contains("; see that these name servers run");
    dns.breakDown(false);
    until(discovery, says("oriel_discovery_read SRV " + SERVICE, "1"));
  }

  @Test
  void name_servers_that_keep_silent_hold_up_nothing_else() throws Exception {
    dns.keepSilent(true);
    write("a.yaml", "- targets: ['gpu1:8000']\n");
    var discovery =
        discovery(
            dns.asServers(Duration.ofSeconds(30)), // far longer than a look may take
            names(SRV, SERVICE),
            names(A, "gpus"),
            files("*.yaml"));

    var found = discovery.find();

    assertThat(where(found)).containsExactly("http://gpu1:8000");
    assertThat(told(discovery).get("SRV " + SERVICE))
        .isEqualTo("it names no system yet, since no name server has answered yet; wait");
  }

  @Test
  void a_name_that_is_no_host_costs_no_other_one() throws Exception {
    dns.has(SRV, SERVICE, "0 0 8001 gpu_1.example.org", "0 0 8001 gpu2.example.org");
    var discovery = discovery(names(SRV, SERVICE));

    var found = until(discovery, says("oriel_discovery_systems SRV " + SERVICE, "1"));

    assertThat(where(found)).containsExactly("http://gpu2.example.org:8001");
    assertThat(told(discovery).get("SRV " + SERVICE))
        .contains("'gpu_1.example.org:8001' is no host that a URL can name");
  }

  @Test
  void one_system_in_two_lists_is_read_once() throws IOException {
    write("a.yaml", "- targets: ['127.0.0.1:8000']\n");
    write("b.yaml", "- {targets: ['localhost:8000'], labels: {instance: other}}\n");

    assertThat(discovery(files("*.yaml")).find()).hasSize(1);
  }
}
