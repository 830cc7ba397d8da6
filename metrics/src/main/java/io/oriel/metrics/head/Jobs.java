package io.oriel.metrics.head;

import io.oriel.model.Labels;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many series each job has in the head, what it may have, and which of its labels grows. A
 * series without the label {@code job} is of the job with the empty name. Thread-safe.
 */
public final class Jobs {
  static final String LABEL = "job";
  private static final Logger log = LoggerFactory.getLogger(Jobs.class);

  private final Limits limits;
  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final Churn churn = new Churn();

  Jobs(Limits limits) {
    this.limits = limits;
  }

  /**
   * Refuses a new series where its job has as many as it may.
   *
   * @throws Refusal.LimitReached which names the label that grew
   */
  void check(Labels labels) {
    String name = labels.valueOf(LABEL);
    Job job = jobs.get(name);
    long most = limits.of(Limit.JOB_SERIES);
    if (job == null || job.series() < most) return;
    if (job.refuse()) {
      log.warn(
          "job over its budget, new series are refused and the old go on job=\"{}\" series={} {}"
              + " remedy=\"let it tell less, drop the label by metric_relabel_configs, or raise limits.{}\"",
          name,
          job.series(),
          job.growth(),
          Limit.JOB_SERIES.key());
    }
    throw new Refusal.LimitReached(
        Limit.JOB_SERIES,
        most,
        "the new series %s of job \"%s\"%s"
            .formatted(LabelRules.shortened(labels.toString()), name, inWords(job.growth())),
        "let the job tell less, or drop the label by metric_relabel_configs");
  }

  private static String inWords(Growth growth) {
    return growth.label().isEmpty()
        ? ""
        : " (its label \"%s\" grew by %d values)".formatted(growth.label(), growth.values());
  }

  /**
   * Counts a series that was made.
   *
   * @param fresh a bit for each of its labels: whether its value was not there before
   * @param isNew not one of an earlier run
   */
  void added(Labels labels, long fresh, boolean isNew) {
    String name = labels.valueOf(LABEL);
    Job job =
        jobs.compute(
            name, (_, known) -> (known == null ? new Job() : known).add(labels, fresh, isNew));
    if (isNew) churn.created();
    if (job.series() < limits.of(Limit.JOB_SERIES_WARN) || !job.warn()) return;
    log.warn(
        "job has many series job=\"{}\" series={} {} budget={}; new ones are refused beyond it",
        name,
        job.series(),
        job.growth(),
        limits.of(Limit.JOB_SERIES));
  }

  /** Counts a series that went. */
  void removed(String name) {
    churn.removed();
    jobs.computeIfPresent(
        name,
        (_, job) -> {
          long left = job.remove();
          if (left < limits.of(Limit.JOB_SERIES_WARN) * 9 / 10) job.mayWarnAgain();
          if (left < limits.of(Limit.JOB_SERIES) * 9 / 10 && job.mayRefuseAgain()) {
            log.info("job within its budget again job=\"{}\" series={}", name, left);
          }
          return left == 0 ? null : job;
        });
  }

  /** Moves the counts of the last hour on; called by housekeeping, as often as it likes. */
  public void tick(long nowMs) {
    if (churn.tick(nowMs)) jobs.values().forEach(Job::nextSlice);
  }

  /** New series that came and series that went, since about an hour. */
  public Churn churn() {
    return churn;
  }

  /** Series of one job; 0 where there is no such job. */
  public long series(String name) {
    Job job = jobs.get(name);
    return job == null ? 0 : job.series();
  }

  /** All jobs, the largest first. */
  public List<JobSeries> largestFirst(int most) {
    return jobs.entrySet().stream()
        .map(each -> each.getValue().told(each.getKey()))
        .sorted(
            java.util.Comparator.comparingLong(JobSeries::series)
                .reversed()
                .thenComparing(JobSeries::job))
        .limit(most)
        .toList();
  }
}
