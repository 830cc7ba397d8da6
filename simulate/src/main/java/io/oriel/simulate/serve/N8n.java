package io.oriel.simulate.serve;

import io.oriel.simulate.http.Answer;
import io.oriel.simulate.http.Answering;
import io.oriel.simulate.http.Question;
import io.oriel.simulate.page.Cell;
import io.oriel.simulate.page.Family;
import io.oriel.simulate.page.Histogram;
import io.oriel.simulate.page.MetricsPage;
import io.oriel.simulate.page.Numbers;
import io.oriel.simulate.world.Caller.Habit;
import io.oriel.simulate.world.Run;
import io.oriel.simulate.world.SimContainer;
import io.oriel.simulate.world.SimRequest;
import io.oriel.simulate.world.Watcher;
import io.oriel.simulate.world.World;
import java.util.Map;

/** n8n, with its metrics switched on: a workflow's execution is a run of the simulated fleet. */
final class N8n implements Answering, Watcher {
  private static final double[] SECONDS = {0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300};
  private static final double[] GC_SECONDS = {0.001, 0.01, 0.1, 1, 2, 5};

  /** Delays of an event loop that is not busy, in seconds. */
  private static final Map<String, Double> LAGS =
      Map.of(
          "min", 0.0091, "max", 0.0243, "mean", 0.0101, "stddev", 0.0004, "p50", 0.0101, "p90",
          0.0105, "p99", 0.0118);

  private static final String[] WORKFLOWS = {"triage-mail", "summarise-tickets", "enrich-leads"};

  private final SimContainer container;
  private final MetricsPage page;
  private final Family started;
  private final Family succeeded;
  private final Family failed;
  private final Family nodesStarted;
  private final Family nodesFinished;
  private final Family duration;
  private final Cell cpu;
  private final Cell userCpu;
  private final Cell systemCpu;
  private final Cell start;
  private final Cell resident;
  private final Cell heap;
  private final Cell lag;
  private final Histogram collections;
  private final Cell executions;

  N8n(World world) {
    this.container = world.daemon().container("n8n");
    this.page = new MetricsPage(Numbers.PLAIN, false, world::nowMs);
    this.userCpu =
        page.counter("n8n_process_cpu_user_seconds_total", "Total user CPU time spent in seconds.")
            .cell();
    this.systemCpu =
        page.counter(
                "n8n_process_cpu_system_seconds_total", "Total system CPU time spent in seconds.")
            .cell();
    this.cpu =
        page.counter(
                "n8n_process_cpu_seconds_total", "Total user and system CPU time spent in seconds.")
            .cell();
    this.start =
        page.gauge(
                "n8n_process_start_time_seconds",
                "Start time of the process since unix epoch in seconds.")
            .cell();
    this.resident =
        page.gauge("n8n_process_resident_memory_bytes", "Resident memory size in bytes.").cell();
    page.gauge("n8n_process_open_fds", "Number of open file descriptors.").cell().set(46);
    page.gauge("n8n_process_max_fds", "Maximum number of open file descriptors.")
        .cell()
        .set(1_048_576);
    this.lag =
        page.gauge("n8n_nodejs_eventloop_lag_seconds", "Lag of event loop in seconds.").cell();
    for (String each : new String[] {"min", "max", "mean", "stddev", "p50", "p90", "p99"}) {
      page.gauge(
              "n8n_nodejs_eventloop_lag_%s_seconds".formatted(each),
              "The %s of the recorded event loop delays.".formatted(each))
          .cell()
          .set(LAGS.getOrDefault(each, 0.0));
    }
    this.collections =
        page.histogram(
                "n8n_nodejs_gc_duration_seconds",
                "Garbage collection duration by kind, one of major, minor, incremental or weakcb.")
            .histogram(GC_SECONDS, "kind", "minor");
    page.gauge("n8n_nodejs_external_memory_bytes", "Node.js external memory size in bytes.")
        .cell()
        .set(21_430_272);
    page.gauge("n8n_nodejs_active_handles_total", "Total number of active handles.").cell().set(31);
    this.heap =
        page.gauge(
                "n8n_nodejs_heap_size_used_bytes", "Process heap size used from Node.js in bytes.")
            .cell();
    page.gauge("n8n_nodejs_heap_size_total_bytes", "Process heap size from Node.js in bytes.")
        .cell()
        .set(402_653_184);
    page.gauge("n8n_nodejs_version_info", "Node.js version info.")
        .cell("version", "v24.12.0", "major", "24", "minor", "12", "patch", "0")
        .set(1);
    page.gauge("n8n_version_info", "n8n version info.")
        .cell("version", "v2.28.1", "major", "2", "minor", "28", "patch", "1")
        .set(1);
    page.gauge(
            "n8n_instance_role_leader", "Whether this main instance is the leader (1) or not (0).")
        .cell()
        .set(1);
    page.gauge("n8n_active_workflow_count", "Total number of active workflows.")
        .cell()
        .set(WORKFLOWS.length);
    this.executions =
        page.gauge("n8n_production_executions", "Total number of production executions.").cell();
    page.gauge("n8n_workflows", "Total number of workflows.").cell().set(11);
    page.gauge("n8n_users", "Total number of users.").cell().set(7);
    page.gauge("n8n_enabled_users", "Total number of enabled users.").cell().set(6);
    page.gauge("n8n_credentials", "Total number of credentials.").cell().set(9);
    this.started =
        page.counter("n8n_workflow_started_total", "Total number of n8n.workflow.started events.");
    this.succeeded =
        page.counter("n8n_workflow_success_total", "Total number of n8n.workflow.success events.");
    this.failed =
        page.counter("n8n_workflow_failed_total", "Total number of n8n.workflow.failed events.");
    this.nodesStarted =
        page.counter("n8n_node_started_total", "Total number of n8n.node.started events.");
    this.nodesFinished =
        page.counter("n8n_node_finished_total", "Total number of n8n.node.finished events.");
    this.duration =
        page.histogram(
            "n8n_workflow_execution_duration_seconds", "Workflow execution duration in seconds.");
    executions.set(18_402);
    world.watch(this);
  }

  private static boolean isOurs(Run run) {
    return run.caller().habit() == Habit.WORKFLOW;
  }

  private static String[] workflow(Run run) {
    int which = (int) (run.number() % WORKFLOWS.length);
    return new String[] {"workflow_id", "wf" + (which + 1), "workflow_name", WORKFLOWS[which]};
  }

  @Override
  public void runBegan(Run run) {
    if (isOurs(run)) started.cell(workflow(run)).add(1);
  }

  @Override
  public void ended(SimRequest request) {
    if (!isOurs(request.run())) return;
    String[] node = {"node_type", "@n8n/n8n-nodes-langchain.lmChatOpenAi"};
    nodesStarted.cell(node).add(1);
    collections.observe(0.0006 + 0.0002 * (request.promptTokens() % 5)); // each call makes garbage
    if (request.failure() == null) nodesFinished.cell(node).add(1);
  }

  @Override
  public void runEnded(Run run) {
    if (!isOurs(run)) return;
    (run.hasFailed() ? failed : succeeded).cell(workflow(run)).add(1);
    String status = run.hasFailed() ? "failed" : "success";
    Histogram seconds = duration.histogram(SECONDS, "mode", "trigger", "status", status);
    seconds.observe((run.endedUs() - run.beganUs()) / 1e6);
    executions.add(1);
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
      case "/metrics" -> metrics();
      case "/healthz", "/healthz/readiness" -> Answer.json(200, "{\"status\":\"ok\"}");
      default -> Answer.NOT_FOUND;
    };
  }

  private Answer metrics() {
    double seconds = container.cpuSeconds();
    cpu.set(seconds);
    userCpu.set(seconds * 0.8);
    systemCpu.set(seconds * 0.2);
    start.set(Math.floor(container.startedMs() / 1000.0));
    resident.set(container.memoryBytes() * 0.6);
    heap.set(container.memoryBytes() * 0.3);
    lag.set(0.0011);
    return Answer.metrics(page.toBytes());
  }
}
