package io.oriel.collect.discover;

import io.oriel.model.Clock;
import io.oriel.wire.dns.DnsFailure;
import io.oriel.wire.dns.NameServers;
import io.oriel.wire.dns.NamedHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Systems that the records of one name in the DNS list. Asked by a thread of its own: a name server
 * that keeps silent holds up nobody. While it does, its last answer counts.
 */
final class DnsSystems {
  private static final long EACH_MS = 30_000; // as Prometheus

  /** What the last question came to; the hosts are those of the last answer. */
  private record Answer(List<NamedHost> hosts, String fault) {}

  private final SystemList.InDns list;
  private final NameServers servers;
  private final Clock clock;
  private volatile Answer last = new Answer(List.of(), "no name server has answered yet; wait");
  private @Nullable Thread asking;
  private long nextMs = Long.MIN_VALUE;

  DnsSystems(SystemList.InDns list, NameServers servers, Clock clock) {
    this.list = list;
    this.servers = servers;
    this.clock = clock;
  }

  /** Asks, where it is time for it. */
  void begin() {
    long now = clock.millis();
    if (now < nextMs || (asking != null && asking.isAlive())) return;
    nextMs = now + EACH_MS;
    asking = Thread.ofVirtual().name("dns " + list.domain()).start(this::ask);
  }

  private void ask() {
    try {
      last = new Answer(servers.ask(list.domain(), list.type()), "");
    } catch (DnsFailure e) {
      last = new Answer(last.hosts, e.happened() + "; " + e.remedy());
    } catch (RuntimeException e) { // of the JDK's client, on an answer that is none
      last = new Answer(last.hosts, "the answer of the name server is none; see what it sends");
    }
  }

  /**
   * What is known.
   *
   * @param patience how long an answer that is on its way is waited for; it counts next time
   */
  Listed find(Duration patience) {
    await(patience);
    Answer known = last;
    var systems = new ArrayList<FoundSystem>();
    var refused = new ArrayList<String>();
    for (NamedHost each : known.hosts) {
      String host = each.host().contains(":") ? "[" + each.host() + "]" : each.host();
      String address = host + ":" + (each.port() > 0 ? each.port() : list.port());
      list.entry()
          .fault(address, Map.of())
          .ifPresentOrElse(
              refused::add,
              () -> systems.add(list.entry().at(address, Map.of(), "DNS " + list.name())));
    }
    if (known.fault.isEmpty() && !refused.isEmpty()) return new Listed(systems, refused.getFirst());
    return Listed.kept(systems, known.fault);
  }

  private void await(Duration patience) {
    if (asking == null || !patience.isPositive()) return;
    try {
      asking.join(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // who looks is to end
    }
  }
}
