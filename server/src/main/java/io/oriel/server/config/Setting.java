package io.oriel.server.config;

import io.oriel.collect.discover.SystemKind;

/**
 * Every key of {@code oriel.yaml} but the limits: its section, its name, its kind, its default as
 * one would write it, and what it does.
 */
enum Setting {
  LISTEN_ADDRESS("listen", "address", Kind.TEXT, "127.0.0.1", "The address that Oriel listens on."),
  LISTEN_PORT("listen", "port", Kind.PORT, "23000", "The port of the pages and of every API."),
  LISTEN_PROMETHEUS_PORT(
      "listen",
      "prometheus_port",
      Kind.PORT,
      "port + 1",
      "The port that answers as a Prometheus does."),
  LISTEN_OTLP_GRPC_PORT(
      "listen",
      "otlp_grpc_port",
      Kind.PORT,
      "4317",
      "The port of OTLP over gRPC, 0 for none; where it is not written and another program has it,"
          + " Oriel starts without."),
  LISTEN_OTLP_HTTP_PORT(
      "listen",
      "otlp_http_port",
      Kind.PORT,
      "4318",
      "The port of OTLP over HTTP, as the one of gRPC; the first port takes OTLP too."),
  LISTEN_BASE_PATH(
      "listen",
      "base_path",
      Kind.TEXT,
      "",
      "The path that a reverse proxy puts before everything: /oriel."),
  LISTEN_HOSTS(
      "listen",
      "hosts",
      Kind.TEXTS,
      "",
      "Names under which Oriel answers beside localhost and 127.0.0.1, as a proxy or a browser asks for them."),
  LISTEN_ORIGINS(
      "listen",
      "origins",
      Kind.TEXTS,
      "",
      "Other sites whose pages may ask for changes: https://oriel.example."),
  LISTEN_WEB_CONFIG(
      "listen",
      "web_config",
      Kind.PATH,
      "",
      "A web configuration file as Prometheus and its exporters read it: TLS, users, tokens, headers."),

  STORAGE_FOLDER("storage", "folder", Kind.PATH, "data", "Where data lie."),
  STORAGE_RETENTION(
      "storage", "retention", Kind.DURATION, "15d", "How long samples are kept; 2h or more."),
  STORAGE_FIVE_MINUTE_AGGREGATES(
      "storage",
      "five_minute_aggregates",
      Kind.DURATION,
      "90d",
      "How long aggregates of five minutes are kept, which long queries read; 0s: none are made, and those that"
          + " are there go."),
  STORAGE_ONE_HOUR_AGGREGATES(
      "storage", "one_hour_aggregates", Kind.DURATION, "2y", "The same of an hour."),
  STORAGE_OUT_OF_ORDER_WINDOW(
      "storage",
      "out_of_order_window",
      Kind.DURATION,
      "0s",
      "How much older than the newest sample of the store one may be that comes behind a newer one of its"
          + " series; 0s refuses such, as Prometheus does. Where it is not written,"
          + " storage.tsdb.out_of_order_time_window of the prometheus.yml that is followed counts."),
  STORAGE_SYNC(
      "storage",
      "sync",
      Kind.SYNC,
      "interval",
      "When written samples are forced to disk: interval, or always (before each answer)."),
  STORAGE_SYNC_INTERVAL(
      "storage",
      "sync_interval",
      Kind.DURATION,
      "1s",
      "How much may be lost when the machine loses power; with sync: interval."),

  STORAGE_MAX_BYTES(
      "storage",
      "max_bytes",
      Kind.BYTES,
      "0",
      "What metrics may take on disk, blocks, log and checkpoint together; the oldest blocks go"
          + " first, the newest stays; 0 is no bound."),
  STORAGE_FREE_DISK(
      "storage",
      "free_disk",
      Kind.BYTES,
      "256MiB",
      "Below so much free disk nothing is taken in until there is more again."),

  QUERY_LOOKBACK(
      "query",
      "lookback",
      Kind.DURATION,
      "5m",
      "How far back a query looks for the newest sample of a series."),

  QUERY_ALIASES(
      "query",
      "aliases",
      Kind.BOOLEAN,
      "true",
      "Whether a metric that has no data is looked for under its older and newer names, and under those that"
          + " other exporters give it; an answer says where that was done."),

  QUERY_AGGREGATES(
      "query",
      "aggregates",
      Kind.BOOLEAN,
      "true",
      "Whether queries may be answered from aggregates, where these do as well as samples or the samples are"
          + " gone; an answer says so."),

  PROMQL_EXPERIMENTAL(
      "promql",
      "experimental",
      Kind.BOOLEAN,
      "false",
      "Whether queries may use what Prometheus 3 keeps behind feature flags: info(), limitk and the like,"
          + " anchored and smoothed ranges, computed durations, fill(), start timestamps, type and unit labels;"
          + " metric names are then dropped at the very end of a query."),

  INTAKE_REPAIR(
      "intake",
      "repair",
      Kind.BOOLEAN,
      "true",
      "Whether values that stand for 'no value' (a driver's blank, a sensor that is not connected) are dropped"
          + " and counted in oriel_intake_repairs_total."),

  COLLECTORS_ENABLED(
      "collectors", "enabled", Kind.BOOLEAN, "true", "Whether this machine is watched."),
  COLLECTORS_INTERVAL(
      "collectors", "interval", Kind.DURATION, "15s", "How often the collectors read."),
  COLLECTORS_INSTANCE(
      "collectors",
      "instance",
      Kind.TEXT,
      "the host's name",
      "The label instance of this machine's series."),
  COLLECTORS_TEXT_FILES(
      "collectors",
      "text_files",
      Kind.PATH,
      "",
      "A folder whose files *.prom are told too, as node_exporter's textfile collector does."),
  COLLECTORS_DISCOVER(
      "collectors",
      "discover",
      Kind.BOOLEAN,
      "true",
      "Whether model servers and their like are looked for among this machine's containers and processes."),
  COLLECTORS_GPU_NAMES(
      "collectors",
      "gpu_names",
      Kind.TEXTS,
      "dcgm",
      "In whose names GPUs are told, any at once: dcgm (dcgm-exporter), nvidia_smi (nvidia_gpu_exporter),"
          + " nvidia_gpu (nvidia_gpu_prometheus_exporter); queries find one under the others' names as well."),
  COLLECTORS_SYSTEMS(
      "collectors",
      "systems",
      Kind.SYSTEMS,
      "",
      "Systems to read: a list of kind ("
          + SystemKind.words()
          + "), where (one of url; files: [PATTERN], in the form of file_sd_configs; dns: {names, type (SRV, A or AAAA),"
          + " port}; for both scheme, http or https), and how each is asked in Prometheus' words (basic_auth, authorization, bearer_token_file, tls_config,"
          + " http_headers); of kind litellm also top (20) and paid_health_checks (false)."),

  SCRAPE_PROMETHEUS_CONFIG(
      "scrape",
      "prometheus_config",
      Kind.PATH,
      "",
      "A prometheus.yml whose scrape sections are followed."),

  REMOTE_WRITE_QUEUE_BYTES(
      "remote_write",
      "queue_bytes",
      Kind.BYTES,
      "1GiB",
      "What samples that wait for one receiver of remote_write may take on disk; when it is full the oldest go."),
  REMOTE_WRITE_QUEUE_AGE(
      "remote_write",
      "queue_age",
      Kind.DURATION,
      "0s",
      "Samples that wait longer are not sent any more; 0s is no bound."),

  AGENT_NODE_PORT(
      "agent",
      "node_port",
      Kind.PORT,
      "9100",
      "Where oriel agent tells of the machine; 0: nowhere."),
  AGENT_GPU_PORT(
      "agent", "gpu_port", Kind.PORT, "9445", "The same for GPUs; opened where there are any."),
  AGENT_CONTAINER_PORT(
      "agent",
      "container_port",
      Kind.PORT,
      "8080",
      "The same for containers; opened where there are any."),
  AGENT_LITELLM_PORT(
      "agent", "litellm_port", Kind.PORT, "9901", "The same for LiteLLM; opened when it is found."),
  AGENT_VLLM_PORT(
      "agent",
      "vllm_port",
      Kind.PORT,
      "9902",
      "The same for vLLM and the other model servers; opened when one is found."),
  AGENT_LANGFUSE_PORT(
      "agent",
      "langfuse_port",
      Kind.PORT,
      "9903",
      "The same for Langfuse; opened when it is found."),
  AGENT_OTHER_PORT(
      "agent",
      "other_port",
      Kind.PORT,
      "9904",
      "The same for systems that no other page tells of."),
  AGENT_PUSH(
      "agent",
      "push",
      Kind.WRITES,
      "",
      "Where oriel agent sends its series: a list in the words of Prometheus' remote_write."),

  METRICS_ENGINE(
      "metrics",
      "engine",
      Kind.ENGINE,
      "embedded",
      "Where metrics are kept: embedded, or prometheus (any system that speaks its remote write and its API)."),
  METRICS_URL(
      "metrics",
      "url",
      Kind.TEXT,
      "",
      "The engine's address, before /api/v1/query: http://mimir:8080/prometheus."),
  METRICS_WRITE_PATH(
      "metrics",
      "write_path",
      Kind.TEXT,
      "/api/v1/write",
      "Where the engine takes remote write: a path on the host of url, or a whole address on another."),
  METRICS_PROTOBUF_MESSAGE(
      "metrics",
      "protobuf_message",
      Kind.TEXT,
      "prometheus.WriteRequest",
      "The message of remote write; io.prometheus.write.v2.Request is 2.0."),
  METRICS_TENANT("metrics", "tenant", Kind.TEXT, "", "Sent with each request as X-Scope-OrgID."),
  METRICS_USER("metrics", "user", Kind.TEXT, "", "The name for basic authentication."),
  METRICS_PASSWORD_FILE(
      "metrics", "password_file", Kind.PATH, "", "The file that holds its password."),
  METRICS_TOKEN_FILE("metrics", "token_file", Kind.PATH, "", "The file that holds a bearer token."),
  METRICS_CA_FILE(
      "metrics", "ca_file", Kind.PATH, "", "Who may sign the engine's certificate, as PEM."),
  METRICS_QUEUE_BYTES(
      "metrics",
      "queue_bytes",
      Kind.BYTES,
      "4GiB",
      "What samples may take on disk while the engine takes none; when it is full, intake is refused."),

  OTLP_TRANSLATION_STRATEGY(
      "otlp",
      "translation_strategy",
      Kind.TRANSLATION,
      "UnderscoreEscapingWithSuffixes",
      "How names of OpenTelemetry become names of metrics and labels; the words are Prometheus'."),
  OTLP_PROMOTE_RESOURCE_ATTRIBUTES(
      "otlp",
      "promote_resource_attributes",
      Kind.TEXTS,
      "",
      "Attributes of resources that become labels of each series; all stand in target_info."),
  OTLP_PROMOTE_SCOPE_METADATA(
      "otlp",
      "promote_scope_metadata",
      Kind.BOOLEAN,
      "false",
      "Whether the scope's name, version and attributes become labels otel_scope_*."),

  DASHBOARDS_FOLDERS(
      "dashboards",
      "folders",
      Kind.TEXTS,
      "",
      "Folders whose files *.json are dashboards of Grafana's, with all folders in them; read again when they"
          + " change."),

  ADMIN_API(
      "admin", "api", Kind.BOOLEAN, "false", "Whether calls that touch stored data are allowed.");

  /** What a value may be; the words go into the schema and the documentation. */
  enum Kind {
    TEXT("\"string\"", ""),
    TEXTS("\"array\"", ""),
    SYSTEMS("\"array\"", ""),
    WRITES("\"array\"", ""),
    PATH("\"string\"", ""),
    PORT("\"integer\"", ""),
    BOOLEAN("\"boolean\"", ""),
    DURATION("\"string\"", "^([0-9]+(y|w|d|h|m|s|ms))+$"),
    BYTES("[\"integer\", \"string\"]", ""),
    TRANSLATION("\"string\"", ""),
    SYNC("\"string\"", "^(interval|always)$"),
    ENGINE("\"string\"", "^(embedded|prometheus)$");

    private final String json;
    private final String pattern;

    Kind(String json, String pattern) {
      this.json = json;
      this.pattern = pattern;
    }

    /** The type in JSON Schema, as JSON. */
    String json() {
      return json;
    }

    /** A regular expression for the text; empty where any will do. */
    String pattern() {
      return pattern;
    }
  }

  private final String section;
  private final String key;
  private final Kind kind;
  private final String normal;
  private final String doc;

  Setting(String section, String key, Kind kind, String normal, String doc) {
    this.section = section;
    this.key = key;
    this.kind = kind;
    this.normal = normal;
    this.doc = doc;
  }

  String section() {
    return section;
  }

  String key() {
    return key;
  }

  Kind kind() {
    return kind;
  }

  /** The default, as one would write it; in words where it depends on something. */
  String normal() {
    return normal;
  }

  String doc() {
    return doc;
  }
}
