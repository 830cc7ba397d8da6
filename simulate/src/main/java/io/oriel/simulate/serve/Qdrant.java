package io.oriel.simulate.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oriel.simulate.http.Answer;
import io.oriel.simulate.http.Answering;
import io.oriel.simulate.http.Question;
import io.oriel.simulate.page.Cell;
import io.oriel.simulate.page.Family;
import io.oriel.simulate.page.Histogram;
import io.oriel.simulate.page.MetricsPage;
import io.oriel.simulate.page.Numbers;
import io.oriel.simulate.world.Search;
import io.oriel.simulate.world.SimContainer;
import io.oriel.simulate.world.Watcher;
import io.oriel.simulate.world.World;
import java.util.List;

/** Qdrant: its metrics, and what it says of its collections. */
final class Qdrant implements Answering, Watcher {
  private static final double[] SECONDS = {0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5, 10, 50};
  private static final String[] QUERY = {
    "method", "POST", "endpoint", "/collections/{collection_name}/points/query", "status", "200"
  };
  private static final String[] UPSERT = {
    "method", "PUT", "endpoint", "/collections/{collection_name}/points", "status", "200"
  };

  private record Collection(String name, long points, int size, double growthADay) {
    long now(long nowMs, long startMs) {
      return points + (long) (growthADay * (nowMs - startMs) / 86_400_000.0);
    }
  }

  private static final List<Collection> COLLECTIONS =
      List.of(
          new Collection("handbook", 412_881, 1024, 310),
          new Collection("tickets", 1_902_337, 1024, 2_400),
          new Collection("code", 688_120, 1024, 900));

  private final World world;
  private final SimContainer container;
  private final MetricsPage page;
  private final Cell queries;
  private final Cell upserts;
  private final Histogram querySeconds;
  private final Histogram upsertSeconds;
  private final Cell average;
  private final Cell least;
  private final Cell longest;
  private final Cell vectors;
  private final Family points;
  private final Family perVector;
  private final Cell resident;
  private final Cell allocated;
  private final Cell active;
  private double upsertsDue;

  Qdrant(World world) {
    this.world = world;
    this.container = world.daemon().container("qdrant");
    this.page = new MetricsPage(Numbers.PLAIN, false, world::nowMs);
    gauge("app_info", "information about qdrant server")
        .cell("name", "qdrant", "version", "1.19.0")
        .set(1);
    gauge("app_status_recovery_mode", "is recovery mode enabled").cell();
    gauge("collections_total", "number of collections").cell().set(COLLECTIONS.size());
    this.vectors =
        gauge("collections_vector_total", "total number of vectors in all collections").cell();
    this.points = gauge("collection_points", "approximate amount of points per collection");
    this.perVector = gauge("collection_vectors", "amount of vectors grouped by vector name");
    quiet(
        "collection_indexed_only_excluded_points",
        "amount of points excluded in indexed_only requests",
        "vector",
        "");
    quiet("collection_active_replicas_min", "minimum number of active replicas across all shards");
    quiet("collection_active_replicas_max", "maximum number of active replicas across all shards");
    quiet("collection_dead_replicas", "total amount of shard replicas in non-active state");
    quiet(
        "collection_running_optimizations",
        "number of currently running optimization tasks per collection");
    quiet("collection_update_queue_length", "number of update operations waiting per collection");
    quiet("snapshot_creation_running", "amount of snapshot creations that are currently running");
    quiet("snapshot_recovery_running", "amount of snapshot recovery operations currently running");
    gauge("cluster_enabled", "is cluster support enabled").cell();
    Family rest = page.counter("rest_responses_total", "total number of responses");
    this.queries = rest.cell(QUERY);
    this.upserts = rest.cell(UPSERT);
    this.average =
        gauge("rest_responses_avg_duration_seconds", "average response duration").cell(QUERY);
    this.least =
        gauge("rest_responses_min_duration_seconds", "minimum response duration").cell(QUERY);
    this.longest =
        gauge("rest_responses_max_duration_seconds", "maximum response duration").cell(QUERY);
    Family seconds =
        page.histogram("rest_responses_duration_seconds", "response duration histogram");
    this.querySeconds = seconds.histogram(SECONDS, QUERY);
    this.upsertSeconds = seconds.histogram(SECONDS, UPSERT);
    this.active =
        gauge(
                "memory_active_bytes",
                "Total number of bytes in active pages allocated by the application")
            .cell();
    this.allocated =
        gauge("memory_allocated_bytes", "Total number of bytes allocated by the application")
            .cell();
    gauge("memory_metadata_bytes", "Total number of bytes dedicated to metadata")
        .cell()
        .set(98_304_000);
    this.resident =
        gauge(
                "memory_resident_bytes",
                "Maximum number of bytes in physically resident data pages mapped")
            .cell();
    gauge("memory_retained_bytes", "Total number of bytes in virtual memory mappings")
        .cell()
        .set(1_207_959_552);
    gauge("process_threads", "count of active threads").cell().set(412);
    gauge("process_open_mmaps", "count of open mmaps").cell().set(1_820);
    gauge("system_max_mmaps", "system wide limit of open mmaps").cell().set(1_048_576);
    gauge("process_open_fds", "count of currently open file descriptors").cell().set(640);
    gauge("process_max_fds", "limit for open file descriptors").cell().set(1_048_576);
    page.counter("process_minor_page_faults_total", "count of minor page faults")
        .cell()
        .set(48_120_331);
    page.counter(
            "process_major_page_faults_total",
            "count of disk accesses which caused a mmap page fault")
        .cell()
        .set(812);
    world.watch(this);
  }

  private Family gauge(String name, String help) {
    return page.gauge(name, help);
  }

  private void quiet(String name, String help, String... more) {
    Family family = gauge(name, help);
    boolean isReplicas = name.startsWith("collection_active_replicas");
    for (Collection each : COLLECTIONS) {
      family.cell(LitellmPage.join(new String[] {"id", each.name()}, more)).set(isReplicas ? 1 : 0);
    }
  }

  @Override
  public void searched(Search search) {
    double seconds = search.tookUs() / 1e6;
    queries.add(1);
    querySeconds.observe(seconds);
    least.set(least.value() == 0 ? seconds : Math.min(least.value(), seconds));
    longest.set(Math.max(longest.value(), seconds));
    average.set(querySeconds.sum() / querySeconds.count());
    upsertsDue += 0.3; // tickets and documents come in as people work
    if (upsertsDue < 1) return;
    upsertsDue -= 1;
    upserts.add(1);
    upsertSeconds.observe(seconds * 2.5);
  }

  @Override
  public void began(SimContainer begun) {
    if (begun == container) page.restart();
  }

  int series() {
    return page.size();
  }

  @Override
  public Answer answer(Question question) {
    if (!container.isRunning()) return Answer.NOBODY;
    return switch (question.path()) {
      case "/" ->
          Json.answer(
              Json.object()
                  .put("title", "qdrant - vector search engine")
                  .put("version", "1.19.0")
                  .put("commit", "74f3e85b94"));
      case "/healthz", "/livez", "/readyz" ->
          Answer.text(200, "healthz check passed", "text/plain");
      case "/metrics" -> metrics();
      case "/collections" -> collections();
      case "/cluster" -> result(Json.object().put("status", "disabled"));
      case "/telemetry" -> telemetry();
      default -> collection(question.path());
    };
  }

  private Answer metrics() {
    long all = 0;
    for (Collection each : COLLECTIONS) {
      long now = each.now(world.nowMs(), world.startMs());
      all += now;
      points.cell("id", each.name()).set(now);
      perVector.cell("collection", each.name(), "vector", "").set(now);
    }
    vectors.set(all);
    resident.set(container.memoryBytes());
    allocated.set(container.memoryBytes() * 0.8);
    active.set(container.memoryBytes() * 0.86);
    return Answer.metrics(page.toBytes());
  }

  private static Answer result(JsonNode result) {
    ObjectNode told = Json.object();
    told.set("result", result);
    return Json.answer(told.put("status", "ok").put("time", 1.2e-5));
  }

  private static Answer collections() {
    ObjectNode told = Json.object();
    var all = told.putArray("collections");
    COLLECTIONS.forEach(each -> all.addObject().put("name", each.name()));
    return result(told);
  }

  private Answer telemetry() {
    ObjectNode told = Json.object().put("id", "4a1d3f0e-2f60-4f0a-9c12-6f6f0d4d2c11");
    ObjectNode app = told.putObject("app").put("name", "qdrant").put("version", "1.19.0");
    app.put("startup", Json.time(container.startedMs() * 1000));
    told.putObject("collections").put("number_of_collections", COLLECTIONS.size());
    return result(told);
  }

  private Answer collection(String path) {
    for (Collection each : COLLECTIONS) {
      if (path.equals("/collections/" + each.name())) return result(describe(each));
    }
    return Answer.json(
        404, "{\"status\":{\"error\":\"Not found: Collection doesn't exist!\"},\"time\":0.00001}");
  }

  private ObjectNode describe(Collection collection) {
    long now = collection.now(world.nowMs(), world.startMs());
    ObjectNode told = Json.object().put("status", "green").put("optimizer_status", "ok");
    told.put("indexed_vectors_count", now - now % 1000)
        .put("points_count", now)
        .put("segments_count", 8);
    ObjectNode params = told.putObject("config").putObject("params");
    params.putObject("vectors").put("size", collection.size()).put("distance", "Cosine");
    params.put("shard_number", 1).put("replication_factor", 1);
    told.putObject("payload_schema");
    return told;
  }
}
