package io.oriel.server;

import io.oriel.collect.Collector;
import io.oriel.collect.OnDemand;
import io.oriel.model.backend.TargetStatus;
import io.oriel.server.auth.Guard;
import io.oriel.server.config.AgentConfig;
import io.oriel.server.config.AgentPage;
import io.oriel.server.config.OrielConfig;
import io.oriel.server.http.Access;
import io.oriel.server.http.Answer;
import io.oriel.server.http.HttpMetrics;
import io.oriel.server.http.HttpServer;
import io.oriel.server.http.Listening;
import io.oriel.server.http.Route;
import io.oriel.server.http.Routes;
import io.oriel.server.http.Sites;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's ports: each is opened when there is something to tell on it, and stays. One that
 * another program has is left alone, and the others go on.
 */
final class AgentDoors implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AgentDoors.class);

  private final OrielConfig config;
  private final AgentConfig agent;
  private final Access access;
  private final OnDemand collecting;
  private final HttpMetrics metrics;
  private final Map<AgentPage, HttpServer> open = new EnumMap<>(AgentPage.class);
  private final Set<AgentPage> tried = EnumSet.noneOf(AgentPage.class);

  AgentDoors(
      OrielConfig config,
      AgentConfig agent,
      Guard guard,
      OnDemand collecting,
      PrometheusRegistry registry) {
    this.config = config;
    this.agent = agent;
    this.access = new Access(new Sites(config.listen().hosts(), config.listen().origins()), guard);
    this.collecting = collecting;
    this.metrics = new HttpMetrics(registry);
  }

  /** Opens what these collectors tell on and is not open yet. */
  synchronized void open(List<Collector> collectors) {
    for (Collector each : collectors) {
      AgentPage page = AgentPage.ofCollector(each.name());
      if (agent.port(page) == 0 || !tried.add(page)) continue;
      listen(page);
    }
  }

  private void listen(AgentPage page) {
    var address = new InetSocketAddress(config.listen().address(), agent.port(page));
    var told = new ToldPage(page, collecting);
    var routes =
        new Routes(
            List.of(
                told.route(),
                Route.get("/", "What this agent tells, and where", _ -> Answer.text(overview())),
                Route.get("/-/ready", "Whether it tells", _ -> Answer.text("Oriel is ready.\n")),
                Route.get(
                    "/-/healthy", "Whether it is alive", _ -> Answer.text("Oriel is healthy.\n"))));
    var listening = new Listening(page.word(), address, "", routes, true);
    HttpServer server = HttpServer.start(List.of(listening), access, config.limits(), metrics);
    if (server.isListening(page.word())) {
      open.put(page, server);
      log.info("listening page={} port={}", page.word(), address.getPort());
    } else {
      server.close();
    }
  }

  /** Whether none is open. */
  synchronized boolean isShut() {
    return open.isEmpty();
  }

  /** What is open, a line each. */
  synchronized List<String> lines() {
    var lines = new ArrayList<String>();
    for (AgentPage page : open.keySet()) {
      lines.add("%-42s %s".formatted(url(page) + "/metrics", page.what()));
    }
    return lines;
  }

  private String url(AgentPage page) {
    InetAddress address = config.listen().address();
    String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
    String scheme = config.web().tls().isPresent() ? "https://" : "http://";
    return scheme + (host.contains(":") ? "[" + host + "]" : host) + ":" + agent.port(page);
  }

  /** GET /: for a person with curl. */
  private String overview() {
    var text = new StringBuilder("Oriel " + Version.current() + ", an agent. It tells\n\n");
    lines().forEach(line -> text.append("  ").append(line).append('\n'));
    text.append("\nand reads\n\n");
    for (TargetStatus each : collecting.statuses()) {
      String state = each.health().name().toLowerCase(Locale.ROOT);
      text.append("  %-8s %-28s %s%n".formatted(state, each.name(), each.where()));
      if (!each.error().isEmpty()) text.append("           ").append(each.error()).append('\n');
      if (!each.remedy().isEmpty()) text.append("           ").append(each.remedy()).append('\n');
    }
    return text.toString();
  }

  synchronized void renewCertificates() {
    open.values().forEach(HttpServer::renewCertificates);
  }

  @Override
  public synchronized void close() {
    open.values().forEach(HttpServer::close);
    open.clear();
  }
}
