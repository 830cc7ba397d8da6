package io.oriel.scrape.discover;

import io.oriel.model.limit.Limits;
import io.oriel.scrape.config.FileGroups;
import io.oriel.scrape.config.ScrapeConfig;
import io.oriel.scrape.config.ScrapeSetup;
import io.oriel.wire.targets.TargetFiles;
import io.oriel.wire.targets.TargetGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the targets of all jobs, as they are now. Not thread-safe. */
public final class Discovery {
  private static final Logger log = LoggerFactory.getLogger(Discovery.class);

  /** What was found; each target once. */
  public record Found(Set<Target> targets, List<DroppedTarget> dropped) {}

  private final TargetFiles files;

  public Discovery(Limits limits) {
    this.files = new TargetFiles(limits, "file_sd_configs", Discovery::say);
  }

  private static void say(Path what, String fault) {
    if (fault.isEmpty()) log.info("targets are read again file={}", what);
    else log.warn("targets not read, the last good ones stay file={} reason=\"{}\"", what, fault);
  }

  /** Files are opened only when they have changed since the last time. */
  public Found find(ScrapeSetup setup) {
    var targets = new LinkedHashSet<Target>();
    var dropped = new ArrayList<DroppedTarget>();
    var patterns = new ArrayList<Path>();
    for (ScrapeConfig job : setup.jobs()) {
      job.files().forEach(each -> patterns.add(each.pattern()));
      targets.addAll(find(job, dropped));
    }
    files.keepOnly(patterns);
    return new Found(targets, List.copyOf(dropped));
  }

  private Set<Target> find(ScrapeConfig job, List<DroppedTarget> dropped) {
    var groups = new ArrayList<>(job.groups());
    for (FileGroups each : job.files()) groups.addAll(files.groups(each.pattern()));
    var labels = new TargetLabels(job);
    var targets = new LinkedHashSet<Target>();
    for (TargetGroup group : groups) {
      for (String address : group.addresses()) {
        Map<String, String> discovered = labels.discovered(address, group.labels());
        try {
          targets.add(labels.target(discovered, group.foundBy()));
        } catch (TargetLabels.NotATarget e) {
          String reason = String.valueOf(e.getMessage());
          dropped.add(new DroppedTarget(job.jobName(), discovered, group.foundBy(), reason));
        }
      }
    }
    return withinLimit(job, targets, dropped);
  }

  /** Over the limit none is asked, as in Prometheus: half of a job would look like a whole one. */
  private static Set<Target> withinLimit(
      ScrapeConfig job, Set<Target> targets, List<DroppedTarget> dropped) {
    long limit = job.targetLimit();
    if (limit == 0 || targets.size() <= limit) return targets;
    String reason =
        "the job has %d targets, over its target_limit of %d; raise it or keep fewer"
            .formatted(targets.size(), limit);
    for (Target each : targets) {
      dropped.add(new DroppedTarget(job.jobName(), each.discovered(), each.foundBy(), reason));
    }
    return Set.of();
  }
}
