package io.oriel.server;

import io.oriel.collect.Collecting;
import io.oriel.engines.prometheus.PrometheusEngine;
import io.oriel.metrics.Aggregates;
import io.oriel.metrics.MetricStore;
import io.oriel.metrics.MetricStoreConfig;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import io.oriel.model.backend.MetricQueries;
import io.oriel.model.backend.MetricSink;
import io.oriel.model.backend.MetricSource;
import io.oriel.model.limit.Refusal;
import io.oriel.promql.Promql;
import io.oriel.promql.eval.Options;
import io.oriel.receive.otlp.OtlpMetrics;
import io.oriel.receive.remotewrite.RemoteWrite;
import io.oriel.scrape.Scraping;
import io.oriel.server.alias.AliasTable;
import io.oriel.server.alias.AliasedSource;
import io.oriel.server.auth.Guard;
import io.oriel.server.config.ListenConfig;
import io.oriel.server.config.OrielConfig;
import io.oriel.server.config.StorageConfig;
import io.oriel.server.demo.DemoPast;
import io.oriel.server.http.Access;
import io.oriel.server.http.HttpMetrics;
import io.oriel.server.http.HttpServer;
import io.oriel.server.http.Listening;
import io.oriel.server.http.Route;
import io.oriel.server.http.Routes;
import io.oriel.server.http.Sites;
import io.oriel.server.http.oriel.CardinalityView;
import io.oriel.server.http.oriel.DashboardsView;
import io.oriel.server.http.oriel.ModelsView;
import io.oriel.server.http.oriel.OrielApi;
import io.oriel.server.http.oriel.ScenarioView;
import io.oriel.server.http.oriel.TopologyView;
import io.oriel.server.http.oriel.UiFiles;
import io.oriel.server.http.otlp.OtlpApi;
import io.oriel.server.http.prometheus.PrometheusApi;
import io.oriel.server.http.prometheus.QueryGate;
import io.oriel.server.http.prometheus.ReadGate;
import io.oriel.server.http.prometheus.WriteApi;
import io.oriel.server.self.Footprint;
import io.oriel.server.self.SelfMetrics;
import io.oriel.simulate.SimulatedFleet;
import io.oriel.storage.wal.SyncPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wiring: every part is made here, by its constructor, in the order in which data walk. Read it
 * first.
 *
 * <pre>
 *   collectors, scrapes, pushes -> store -> engine -> gate -> HTTP
 * </pre>
 *
 * The store opens first and closes last; intake starts last and stops first, so that every sample
 * finds a store. What fails to start closes what was opened before it.
 */
public final class Oriel implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Oriel.class);
  private static final String MAIN = "main";
  private static final String PROMETHEUS = "prometheus";

  private final OrielConfig config;
  private final Clock clock;
  private final Opened opened = new Opened();
  private final Watching watching = new Watching();
  private final Models models = new Models();
  private final SelfMetrics self = new SelfMetrics(Version.current());
  private final MetricStore store;
  private final Reloading reloading;
  private final Sending sending;
  private final WayIn wayIn;
  private final MetricSink pulling;
  private final RemoteWrite remoteWrite;
  private final OtlpMetrics otlp;
  private final Facts facts;
  private final Admin admin;
  private final Footprint footprint;
  private final Guard guard;
  private final Boards boards;
  private final Optional<SimulatedFleet> fleet;
  private final HttpServer http;
  private volatile Optional<DemoPast> past = Optional.empty();

  /**
   * Starts everything.
   *
   * @param read reads the configuration: now, and again for each reload
   * @throws Refusal.CannotStart when it is wrong or a part can't start: a taken port or data folder
   */
  public static Oriel start(Supplier<OrielConfig> read, Clock clock) {
    return new Oriel(read.get(), read, clock);
  }

  private Oriel(OrielConfig config, Supplier<OrielConfig> read, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.reloading = new Reloading(config, read, clock);
    try {
      store = opened.keep(MetricStore.open(storeConfig(config), clock));
      StoreMetrics.register(store, self.registry());
      sending = opened.keep(Sending.start(config, clock, self.registry()));
      wayIn = new WayIn(sending.beside(store.sink()), config.repair(), store, self.registry());
      MetricSink sink = wayIn.sink();
      remoteWrite = opened.keep(RemoteWrite.start(sink, config.limits(), clock));
      otlp = new OtlpMetrics(sink, config.limits(), clock, config.otlp());
      ReceiveMetrics.register(remoteWrite, otlp, self.registry());
      footprint =
          new Footprint(
              clock, () -> sending.taken().orElseGet(() -> store.stats().samplesAppended()));
      facts = new Facts(config, clock, store, sending, reloading);
      admin = new Admin(config, clock, store, sending, reloading);
      pulling = sending.pulling(sink);
      guard = new Guard(config.web());
      boards = new Boards(config.dashboards(), config.limits(), clock);
      fleet = DemoFleet.open(config, clock);
      fleet.ifPresent(opened::keep);
      http = opened.keep(http());
      if (config.collectors().enabled()) watching.collecting(collecting());
      watching.scraping(opened.keep(scraping()));
      if (sending.engine().isEmpty()) past = fleet.flatMap(this::past);
      admin.ready(true);
    } catch (Throwable failure) {
      opened.close();
      throw failure;
    }
    config.warnings().forEach(warning -> log.warn("configuration {}", warning));
    warnOfOpenDoors();
  }

  private static MetricStoreConfig storeConfig(OrielConfig config) {
    StorageConfig storage = config.storage();
    return MetricStoreConfig.in(storage.folder())
        .withRetention(storage.retention())
        .withOutOfOrderWindow(storage.outOfOrderWindow())
        .withMaxBytes(storage.maxBytes())
        .withFreeBytes(storage.freeBytes())
        .withLimits(config.limits())
        .withAggregates(new Aggregates(storage.fiveMinuteAggregates(), storage.oneHourAggregates()))
        .withSync(
            switch (storage.sync()) {
              case ALWAYS -> SyncPolicy.ALWAYS;
              case INTERVAL -> new SyncPolicy.Interval(storage.syncInterval());
            });
  }

  private Collecting collecting() {
    var readers =
        new Readers(
            config.collectors(),
            clock,
            self.collector(),
            facts.host(),
            fleet.orElse(null),
            config.limits());
    String instance = config.collectors().instance().orElse(facts.host());
    Labels labels = Labels.of("instance", instance);
    Duration interval = config.collectors().interval();
    var collecting =
        opened.keep(Collecting.start(readers.first(), pulling, clock, interval, labels));
    models.of(collecting);
    opened.keep(Systems.start(collecting::sync, readers, clock));
    return collecting;
  }

  private Optional<DemoPast> past(SimulatedFleet of) {
    Optional<DemoPast> begun = DemoFleet.past(config, of, store, facts.host(), clock);
    begun.ifPresent(opened::keep);
    return begun;
  }

  private double pastShare() {
    return past.map(DemoPast::share).orElse(1.0);
  }

  private Scraping scraping() {
    try {
      var scraping = Scraping.start(config.scrape(), pulling, clock, config.limits());
      reloading.applyBy(changed -> {
        guard.use(changed.web());
        boards.use(changed.dashboards());
        http.renewCertificates();
        apply(scraping, changed);
      });
      return scraping;
    } catch (InterruptedException _) {
      throw stopped();
    }
  }

  private static void apply(Scraping scraping, OrielConfig changed) {
    try {
      scraping.apply(changed.scrape());
    } catch (InterruptedException _) {
      throw stopped();
    }
  }

  private static Refusal stopped() {
    Thread.currentThread().interrupt();
    return new Refusal.CannotStart("Oriel was asked to stop meanwhile", "start it again");
  }

  private HttpServer http() {
    var listen = config.listen();
    List<Route> prometheus = new ArrayList<>(prometheus());
    prometheus.add(WriteApi.route(remoteWrite));
    prometheus.add(OtlpApi.prometheusRoute(otlp, config.limits()));
    prometheus.add(self.route());
    List<Route> all = new ArrayList<>(prometheus);
    all.add(OtlpApi.route(otlp, config.limits()));
    all.addAll(OrielApi.routes(orielParts()));
    all.addAll(DashboardsView.routes(boards));
    all.add(CardinalityView.route(facts));
    all.add(ModelsView.route(models::catalogue));
    all.add(TopologyView.route(models::topology));
    all.addAll(ScenarioView.routes(fleet, this::pastShare));
    all.add(UiFiles.route(Oriel.class.getClassLoader(), listen.basePath()));
    var listeners = new ArrayList<Listening>();
    listeners.add(listening(MAIN, listen.port(), all));
    listeners.add(listening(PROMETHEUS, listen.prometheusPort(), prometheus));
    otlp("otlp-grpc", listen.otlpGrpc(), OtlpApi.grpcRoutes(otlp, config.limits()), listeners);
    List<Route> http = List.of(OtlpApi.route(otlp, config.limits()));
    otlp("otlp-http", listen.otlpHttp(), http, listeners);
    return HttpServer.start(
        listeners,
        new Access(new Sites(listen.hosts(), listen.origins()), guard),
        config.limits(),
        new HttpMetrics(self.registry()));
  }

  private void otlp(
      String name, ListenConfig.OtlpPort port, List<Route> routes, List<Listening> into) {
    if (port.port() == 0) return;
    var address = new InetSocketAddress(config.listen().address(), port.port());
    into.add(new Listening(name, address, "", new Routes(routes), !port.isAsked()));
  }

  private Listening listening(String name, int port, List<Route> routes) {
    var address = new InetSocketAddress(config.listen().address(), port);
    return new Listening(name, address, config.listen().basePath(), new Routes(routes));
  }

  private List<Route> prometheus() {
    var gate = opened.keep(new QueryGate(config.limits(), clock, self.registry()));
    var switches = config.experimental() ? Options.ALL : Options.NORMAL;
    var options = switches.withLookback(config.lookback()).withAggregates(config.aggregates());
    MetricSource source = source();
    MetricQueries queries =
        sending
            .engine()
            .map(PrometheusEngine::queries)
            .orElseGet(() -> opened.keep(Promql.engine(source, config.limits(), clock, options)));
    var parts =
        new PrometheusApi.Parts(
            queries,
            source,
            sending.engine().map(PrometheusEngine::exemplars).orElseGet(store::exemplars),
            new PromqlLanguage(config.experimental()),
            watching,
            facts,
            admin);
    var reads = opened.keep(new ReadGate(config.limits()));
    return PrometheusApi.routes(parts, gate, reads, config.limits(), clock);
  }

  /** Where series are read: an engine, or the store, under old and new names. */
  private MetricSource source() {
    if (sending.engine().isPresent()) return sending.engine().get().source();
    return config.aliases()
        ? new AliasedSource(store.source(), AliasTable.shipped())
        : store.source();
  }

  private OrielApi.Parts orielParts() {
    return new OrielApi.Parts(
        facts,
        this::url,
        watching::collectors,
        this::cost,
        watching,
        () -> Stream.concat(wayIn.counts().stream(), sending.counts()).toList(),
        PromqlLanguage::words,
        new PromqlLanguage(config.experimental())::explain);
  }

  private OrielApi.SelfCost cost() {
    Footprint.Rates rates = footprint.rates();
    return new OrielApi.SelfCost(
        rates.cpuCores(),
        footprint.residentBytes(),
        footprint.heapBytes(),
        sending.engine().map(to -> to.stats().series()).orElseGet(() -> store.stats().series()),
        rates.samplesPerSecond());
  }

  private void warnOfOpenDoors() {
    InetAddress address = config.listen().address();
    if (address.isLoopbackAddress()) return;
    if (!config.web().credentials().isEmpty()
        || config.web().tls().filter(tls -> tls.clients().needed()).isPresent()) {
      log.info(
          "listening beyond this machine address={} guard={}",
          address.getHostAddress(),
          config.web().words());
      return;
    }
    log.warn(
        "listening beyond this machine address={} guard=none; whoever reaches the port reads all:"
            + " name a file with users or tokens by --web-config, or put a reverse proxy with a"
            + " password before it",
        address.getHostAddress());
  }

  /** Where the pages are. */
  public String url() {
    return url(port()) + config.listen().basePath();
  }

  private String url(int port) {
    InetAddress address = config.listen().address();
    String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
    String scheme = config.web().tls().isPresent() ? "https://" : "http://";
    return scheme + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** The port of the pages; also where a free one was asked for. */
  public int port() {
    return http.port(MAIN);
  }

  /** What runs, a line each, for whoever started it. */
  public List<String> watches() {
    var lines = new ArrayList<String>();
    List<String> collectors = watching.collectors();
    lines.add(
        collectors.isEmpty()
            ? "watching nothing on this machine (collectors are switched off)"
            : "watching this machine: " + String.join(", ", collectors));
    fleet.ifPresent(of ->
        lines.add(
            "watching a simulated fleet of %d systems; oriel simulate scenario switches what befalls it"
                .formatted(of.endpoints().size())));
    int targets = watching.all().size() - collectors.size();
    if (targets > 0) lines.add("scraping " + targets + (targets == 1 ? " target" : " targets"));
    lines.add("Prometheus' API for other tools: " + url(http.port(PROMETHEUS)));
    StorageConfig storage = config.storage();
    if (sending.engine().isPresent()) {
      lines.add("metrics are kept by the engine at " + sending.engine().get().url());
      return lines;
    }
    lines.add(
        "data in %s, kept for %s"
            .formatted(storage.folder().toAbsolutePath().normalize(), words(storage.retention())));
    return lines;
  }

  private static String words(Duration length) {
    return length.toDays() > 1 ? length.toDays() + " days" : length.toHours() + " hours";
  }

  /** Reads the configuration again; what is wrong is logged, and the old one stays in force. */
  public void reloadAndSay() {
    try {
      reloading.reload();
    } catch (Refusal.CannotStart _) {
      // said in the log by the reload itself
    }
  }

  /** Stops intake, then answers, then the store; what was taken in is on disk afterwards. */
  @Override
  public void close() {
    admin.ready(false);
    opened.close();
  }
}
