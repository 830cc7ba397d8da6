package io.oriel.cli;

import io.oriel.model.Clock;
import io.oriel.server.Oriel;
import io.oriel.server.Version;
import io.oriel.server.config.Demo;
import io.oriel.server.config.Flags;
import io.oriel.server.config.OrielConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

/** {@code oriel up}: starts, says where, runs until it is asked to stop. */
@Command(
    name = "up",
    description = "Starts Oriel: watches this machine and serves what it sees.",
    sortOptions = false,
    mixinStandardHelpOptions = false)
final class Up implements Callable<Integer> {
  @Option(names = "--data", paramLabel = "DIR", description = "Where data lie (default: data).")
  private @Nullable Path data;

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = PortValue.class,
      description = "Port of the pages and every API; N+1 answers as Prometheus (default: 23000).")
  private @Nullable Integer port;

  @Option(
      names = "--listen",
      paramLabel = "ADDR",
      description = "Address to listen on (default: 127.0.0.1).")
  private @Nullable String listen;

  @Option(
      names = "--base-path",
      paramLabel = "P",
      description = "The path that a reverse proxy puts before everything: /oriel.")
  private @Nullable String basePath;

  @Option(names = "--config", paramLabel = "FILE", description = "An oriel.yaml.")
  private @Nullable Path config;

  @Option(
      names = "--prometheus-config",
      paramLabel = "FILE",
      description = "A prometheus.yml whose scrape sections are followed.")
  private @Nullable Path prometheusConfig;

  @Option(
      names = "--web-config",
      paramLabel = "FILE",
      description = "Who may come in, and TLS: a web configuration file as Prometheus has it.")
  private @Nullable Path webConfig;

  @Option(
      names = "--retention",
      paramLabel = "TIME",
      converter = DurationValue.class,
      description = "How long samples are kept: 30d (default: 15d).")
  private @Nullable Duration retention;

  @Option(
      names = "--enable-admin-api",
      description = "Allow calls that touch stored data, such as snapshots.")
  private boolean enableAdminApi;

  @Option(names = "--no-collectors", description = "Don't watch this machine.")
  private boolean noCollectors;

  @Option(
      names = "--dashboards",
      paramLabel = "DIR",
      description =
          "A folder whose files *.json are dashboards of Grafana's; may be given several times.")
  private List<Path> dashboards = new ArrayList<>();

  @Mixin private FleetOptions fleet = new FleetOptions();

  @Option(
      names = "--demo-past",
      paramLabel = "TIME",
      converter = DurationValue.class,
      description =
          "How much past --demo writes when it is first started (default: 30d; 0s: none).")
  private @Nullable Duration demoPast;

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
    Flags flags = flags();
    Supplier<OrielConfig> read = () -> OrielConfig.load(flags, System::getenv);
    try (var signals = Signals.listen();
        var oriel = Oriel.start(read, Clock.system())) {
      sayReady(out, oriel);
      while (signals.next() == Signals.Asked.RELOAD) oriel.reloadAndSay();
      out.println("Oriel stops.");
    }
    return Main.DONE;
  }

  private static void sayReady(PrintWriter out, Oriel oriel) {
    out.println(
        "Oriel %s is ready%s: %s".formatted(Version.current(), Started.words(), oriel.url()));
    oriel.watches().forEach(line -> out.println("  " + line));
  }

  private Flags flags() {
    return new Flags(
        Optional.ofNullable(config),
        Optional.ofNullable(data),
        Optional.ofNullable(port),
        Optional.ofNullable(listen),
        Optional.ofNullable(basePath),
        Optional.ofNullable(prometheusConfig),
        Optional.ofNullable(webConfig),
        Optional.ofNullable(retention),
        enableAdminApi,
        noCollectors,
        List.copyOf(dashboards),
        fleet.demo(demoPast()));
  }

  private Duration demoPast() {
    Duration past = Optional.ofNullable(demoPast).orElse(Demo.NORMAL_PAST);
    if (past.compareTo(Demo.NORMAL_PAST) <= 0) return past;
    throw new ParameterException(
        spec.commandLine(), "--demo-past is %d days; write 30d or less".formatted(past.toDays()));
  }
}
