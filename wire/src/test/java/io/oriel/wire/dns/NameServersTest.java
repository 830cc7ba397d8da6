package io.oriel.wire.dns;

import static io.oriel.wire.dns.RecordType.A;
import static io.oriel.wire.dns.RecordType.AAAA;
import static io.oriel.wire.dns.RecordType.SRV;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameServersTest {
  @TempDir Path folder;
  private FakeDns dns;

  @BeforeEach
  void start() throws IOException {
    dns = new FakeDns();
  }

  @AfterEach
  void stop() throws IOException {
    dns.close();
  }

  @Test
  void services_are_hosts_with_ports_in_a_steady_order() throws DnsFailure {
    dns.has(
        SRV, "_vllm._tcp.example.org", "0 5 8001 gpu2.example.org", "9 0 8000 gpu1.example.org");

    assertThat(dns.asServers().ask("_vllm._tcp.example.org", SRV))
        .containsExactly(
            new NamedHost("gpu1.example.org", 8000), new NamedHost("gpu2.example.org", 8001));
  }

  @Test
  void addresses_of_both_versions_are_hosts_without_ports() throws DnsFailure {
    dns.has(A, "gpu.example.org", "10.0.0.2", "10.0.0.1")
        .has(AAAA, "gpu.example.org", "2001:db8::1");

    assertThat(dns.asServers().ask("gpu.example.org", A))
        .containsExactly(new NamedHost("10.0.0.1", 0), new NamedHost("10.0.0.2", 0));
    assertThat(dns.asServers().ask("gpu.example.org", AAAA))
        .containsExactly(new NamedHost("2001:db8:0:0:0:0:0:1", 0));
  }

  @Test
  void a_name_that_nobody_knows_and_one_without_such_records_have_none() throws DnsFailure {
    dns.has(A, "gpu.example.org");

    assertThat(dns.asServers().ask("nowhere.example.org", SRV)).isEmpty();
    assertThat(dns.asServers().ask("gpu.example.org", A)).isEmpty();
  }

  @Test
  void a_service_whose_host_is_the_root_is_not_offered() throws DnsFailure {
    dns.has(SRV, "_vllm._tcp.example.org", "0 0 0 .");

    assertThat(dns.asServers().ask("_vllm._tcp.example.org", SRV)).isEmpty();
  }

  @Test
  void a_short_name_is_looked_for_in_the_search_domains() throws DnsFailure {
    dns.has(A, "gpu.second.example", "10.0.0.1");

    assertThat(dns.asServers("first.example", "second.example").ask("gpu", A)).hasSize(1);
    assertThat(dns.asServers("first.example", "second.example").ask("gpu.", A)).isEmpty();
  }

  @Test
  void an_answer_too_long_for_a_datagram_comes_by_tcp() throws DnsFailure {
    String[] hosts = new String[60];
    for (int i = 0; i < hosts.length; i++) hosts[i] = "0 0 8000 gpu%d.example.org".formatted(i);
    dns.has(SRV, "_vllm._tcp.example.org", hosts);

    assertThat(dns.asServers().ask("_vllm._tcp.example.org", SRV)).hasSize(60);
  }

  @Test
  void a_server_that_fails_is_not_an_empty_answer() {
    dns.has(A, "gpu.example.org", "10.0.0.1").breakDown(true);

    assertThatExceptionOfType(DnsFailure.class)
        .isThrownBy(() -> dns.asServers().ask("gpu.example.org", A))
        .satisfies(failure -> {
          assertThat(failure.happened()).startsWith("A gpu.example.org: ").contains("127.0.0.1:");
          assertThat(failure.remedy()).contains("dig A gpu.example.org");
        });
  }

  @Test
  void a_server_that_keeps_silent_is_not_an_empty_answer() {
    dns.keepSilent(true);

    assertThatExceptionOfType(DnsFailure.class)
        .isThrownBy(() -> dns.asServers(Duration.ofMillis(50)).ask("gpu.example.org", A))
        .satisfies(failure -> assertThat(failure.happened()).contains("no name server answered"));
  }

  @Test
  void babble_is_a_failure_or_nothing_and_nothing_else() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int i = 0; i < 30; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      if (bytes.length > 1) {
        bytes[0] = (byte) 0x81; // an answer, so that what follows is read
        bytes[1] = (byte) 0x80;
      }
      dns.babble(bytes);
      try {
        assertThat(dns.asServers(Duration.ofMillis(50)).ask("gpu.example.org", SRV))
            .as("seed %s", seed)
            .isEmpty();
      } catch (DnsFailure failure) {
        assertThat(failure.happened()).as("seed %s", seed).doesNotContainPattern("\\p{Cntrl}");
      }
    }
  }

  @Test
  void the_machines_servers_domains_and_dots_are_read_from_its_file() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("resolv.conf"),
            """
            # a comment
            nameserver 10.0.0.53
            nameserver nonsense
            nameserver ::1
            search a.example b.example
            options timeout:1 ndots:2
            """);

    ResolvConf conf = ResolvConf.read(file);

    assertThat(conf.servers())
        .extracting(each -> each.getAddress().getHostAddress())
        .containsExactly("10.0.0.53", "0:0:0:0:0:0:0:1");
    assertThat(conf.candidates("gpu.rack"))
        .containsExactly("gpu.rack.a.example", "gpu.rack.b.example", "gpu.rack");
    assertThat(conf.candidates("gpu.rack.dc"))
        .containsExactly("gpu.rack.dc", "gpu.rack.dc.a.example", "gpu.rack.dc.b.example");
    assertThat(ResolvConf.read(folder.resolve("missing")).servers()).hasSize(1);
  }
}
