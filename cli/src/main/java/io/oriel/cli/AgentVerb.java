package io.oriel.cli;

import io.oriel.engines.prometheus.Destination;
import io.oriel.model.Clock;
import io.oriel.server.Agent;
import io.oriel.server.Version;
import io.oriel.server.config.AgentPage;
import io.oriel.server.config.Flags;
import io.oriel.server.config.OrielConfig;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code oriel agent}: the collectors alone, for a Prometheus that scrapes or is written to. */
@Command(
    name = "agent",
    description = "Runs the collectors alone: pages that any Prometheus scrapes, or remote write.",
    sortOptions = false,
    mixinStandardHelpOptions = false)
final class AgentVerb implements Callable<Integer> {
  @Option(
      names = "--push",
      paramLabel = "URL",
      description = "Send all by remote write: http://HOST:23000/api/v1/write; may be repeated.")
  private List<String> push = new ArrayList<>();

  @Option(
      names = "--port",
      paramLabel = "PAGE=N",
      converter = {TextValue.class, PortValue.class},
      completionCandidates = PageWords.class,
      description = "Another port for a page (${COMPLETION-CANDIDATES}); 0: none.")
  private Map<String, Integer> ports = new LinkedHashMap<>();

  @Option(
      names = "--listen",
      paramLabel = "ADDR",
      description = "Address to listen on (default: 127.0.0.1); another one needs --web-config.")
  private @Nullable String listen;

  @Option(
      names = {"--web-config", "--web.config.file"},
      paramLabel = "FILE",
      description = "Who may come in, and TLS: a web configuration file as Prometheus has it.")
  private @Nullable Path webConfig;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where what is to be sent waits (default: data).")
  private @Nullable Path data;

  @Option(names = "--config", paramLabel = "FILE", description = "An oriel.yaml.")
  private @Nullable Path config;

  @Option(
      names = "--prometheus-config",
      paramLabel = "FILE",
      description = "A prometheus.yml whose remote_write is followed.")
  private @Nullable Path prometheusConfig;

  @Mixin private FleetOptions fleet = new FleetOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli asks it
  private boolean help;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    LostThreads.watch();
    PrintWriter out = spec.commandLine().getOut();
    Map<AgentPage, Integer> pages = pages();
    List<Destination> destinations = destinations();
    Flags flags = flags();
    Supplier<OrielConfig> read = () -> OrielConfig.load(flags, System::getenv);
    try (var signals = Signals.listen();
        var agent = Agent.start(read, file -> file.with(pages, destinations), Clock.system())) {
      out.println("Oriel %s is ready%s: an agent".formatted(Version.current(), Started.words()));
      agent.says().forEach(line -> out.println("  " + line));
      while (signals.next() == Signals.Asked.RELOAD) agent.reloadAndSay();
      out.println("Oriel stops.");
    }
    return Main.DONE;
  }

  private Map<AgentPage, Integer> pages() {
    var pages = new EnumMap<AgentPage, Integer>(AgentPage.class);
    ports.forEach((word, port) ->
        pages.put(
            AgentPage.of(word)
                .orElseThrow(() ->
                    wrong(
                        "--port: there is no page %s; write %s"
                            .formatted(word, AgentPage.words()))),
            port));
    return pages;
  }

  /** The first is called push and so is its queue, the others push-2 and so on. */
  private List<Destination> destinations() {
    var all = new ArrayList<Destination>();
    for (String text : push) {
      String name = all.isEmpty() ? "push" : "push-" + (all.size() + 1);
      all.add(Destination.to(name, url(text)));
    }
    return all;
  }

  private URI url(String text) {
    try {
      var url = new URI(text);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (web && url.getHost() != null && url.getRawUserInfo() == null) return url;
    } catch (URISyntaxException _) {
      // told below, in one way
    }
    throw wrong(
        "--push is no address that can be written to; write http://HOST:PORT/api/v1/write (users"
            + " and tokens: agent.push in oriel.yaml)");
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  private Flags flags() {
    return new Flags(
        Optional.ofNullable(config),
        Optional.ofNullable(data),
        Optional.empty(),
        Optional.ofNullable(listen),
        Optional.empty(),
        Optional.ofNullable(prometheusConfig),
        Optional.ofNullable(webConfig),
        Optional.empty(),
        false,
        false,
        List.of(),
        fleet.demo(Duration.ZERO));
  }

  /** What {@code --port} knows, for its help. */
  static final class PageWords implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(AgentPage.values()).map(AgentPage::word).iterator();
    }
  }
}
