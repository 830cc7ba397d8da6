package io.oriel.server.config;

import io.oriel.model.limit.Limits;
import io.oriel.receive.otlp.OtlpSettings;
import io.oriel.scrape.config.PrometheusFile;
import io.oriel.scrape.config.ScrapeSetup;
import io.oriel.server.auth.WebConfig;
import io.oriel.wire.yaml.Problem;
import io.oriel.wire.yaml.Problems;
import io.oriel.wire.yaml.YamlFile;
import io.oriel.wire.yaml.YamlMap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that can be configured.
 *
 * @param web who may come in, as the file that {@code listen} names has it
 * @param lookback how far back a query looks for a series' newest sample
 * @param aliases whether a metric without data is looked for under its other names
 * @param aggregates whether queries may be answered from aggregates
 * @param experimental whether queries may use what Prometheus keeps behind feature flags
 * @param repair whether values that are known to say nothing are dropped on their way in
 * @param otlp how points of OTLP become series
 * @param scrape the jobs of the prometheus.yml that is followed, if any
 * @param dashboards where dashboards lie beside those that are shipped
 * @param out what is sent on, and the engine in the store's place
 * @param agent what {@code oriel agent} alone looks at
 * @param warnings what is not wrong and should be known
 */
public record OrielConfig(
    ListenConfig listen,
    WebConfig web,
    StorageConfig storage,
    Limits limits,
    Duration lookback,
    boolean aliases,
    boolean aggregates,
    boolean experimental,
    boolean repair,
    CollectorsConfig collectors,
    OtlpSettings otlp,
    ScrapeSetup scrape,
    DashboardsConfig dashboards,
    OutConfig out,
    AgentConfig agent,
    boolean adminApi,
    Flags flags,
    List<Problem> warnings) {
  private static final Duration NORMAL_LOOKBACK = Duration.ofMinutes(5);

  /**
   * Reads the file that the flags name, if any, and puts the flags on top.
   *
   * @param environment gives a variable's value, null where it is not set
   * @throws io.oriel.model.limit.Refusal.CannotStart with a line for each problem
   */
  public static OrielConfig load(Flags flags, Function<String, @Nullable String> environment) {
    var problems = new Problems();
    YamlMap yaml =
        flags
            .config()
            .map(file -> file(file, environment, problems))
            .orElseGet(() -> YamlFile.parse("", "oriel.yaml", Limits.NORMAL, problems));
    OrielConfig config = read(yaml, flags, problems);
    problems.throwIfAny();
    return config;
  }

  private static YamlMap file(
      Path file, Function<String, @Nullable String> environment, Problems problems) {
    var variables = new Variables(file.toString(), environment, problems);
    return YamlFile.read(file, Limits.NORMAL, problems, variables::fillIn);
  }

  private static OrielConfig read(YamlMap yaml, Flags flags, Problems problems) {
    YamlMap query = yaml.section("query");
    Duration lookback = query.duration(Setting.QUERY_LOOKBACK.key()).orElse(NORMAL_LOOKBACK);
    boolean aliases = query.bool(Setting.QUERY_ALIASES.key()).orElse(true);
    boolean aggregates = query.bool(Setting.QUERY_AGGREGATES.key()).orElse(true);
    query.refuseUnknownKeys(problems);
    YamlMap promql = yaml.section("promql");
    boolean experimental = promql.bool(Setting.PROMQL_EXPERIMENTAL.key()).orElse(false);
    promql.refuseUnknownKeys(problems);
    YamlMap intake = yaml.section("intake");
    boolean repair = intake.bool(Setting.INTAKE_REPAIR.key()).orElse(true);
    intake.refuseUnknownKeys(problems);
    YamlMap scrape = yaml.section("scrape");
    Optional<Path> written =
        scrape.path(Setting.SCRAPE_PROMETHEUS_CONFIG.key()).map(flags::besideConfig);
    Optional<Path> prometheus = flags.prometheusConfig().or(() -> written);
    scrape.refuseUnknownKeys(problems);
    YamlMap admin = yaml.section("admin");
    boolean adminApi = admin.bool(Setting.ADMIN_API.key()).orElse(false) || flags.enableAdminApi();
    admin.refuseUnknownKeys(problems);
    var warnings = new Problems();
    long heap = Runtime.getRuntime().maxMemory();
    Limits limits = LimitsConfig.read(yaml.section("limits"), heap, problems, warnings);
    var followed = new Followed();
    ScrapeSetup setup =
        prometheus
            .map(file -> PrometheusFile.read(file, limits, problems, warnings, followed))
            .orElse(ScrapeSetup.EMPTY);
    ListenConfig listen = ListenConfig.read(yaml.section("listen"), flags, problems);
    WebConfig web =
        listen
            .webConfig()
            .map(file -> WebConfig.read(file, limits, problems))
            .orElse(WebConfig.NONE);
    var config =
        new OrielConfig(
            listen,
            web,
            StorageConfig.read(
                yaml.section("storage"), flags, followed.outOfOrder(), problems, warnings),
            limits,
            lookback,
            aliases,
            aggregates,
            experimental,
            repair,
            CollectorsConfig.read(yaml.section("collectors"), flags, problems, warnings),
            OtlpConfig.read(yaml.section("otlp"), problems),
            setup,
            DashboardsConfig.read(yaml.section("dashboards"), flags, problems, warnings),
            OutConfig.read(
                yaml.section("remote_write"),
                yaml.section("metrics"),
                followed.remoteWrites(),
                flags,
                problems),
            AgentConfig.read(yaml.section("agent"), flags, problems),
            adminApi,
            flags,
            warnings.list());
    yaml.refuseUnknownKeys(problems);
    return config;
  }

  /** Whether another configuration differs in what is read at the start alone. */
  public boolean needsRestartFor(OrielConfig other) {
    return !listen.equals(other.listen)
        || web.tls().isPresent() != other.web.tls().isPresent()
        || web.http2() != other.web.http2()
        || !storage.equals(other.storage)
        || !out.equals(other.out)
        || !collectors.equals(other.collectors)
        || !otlp.equals(other.otlp)
        || !lookback.equals(other.lookback)
        || aliases != other.aliases
        || experimental != other.experimental
        || repair != other.repair
        || adminApi != other.adminApi;
  }
}
