package io.oriel.collect.container;

import io.oriel.model.Labels;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is kept of one container from round to round. */
final class Tracked {
  /** Under which names Docker Compose says whose part a container is; dashboards group by them. */
  private static final Map<String, String> COMPOSE =
      Map.of(
          "com.docker.compose.project", "container_label_com_docker_compose_project",
          "com.docker.compose.service", "container_label_com_docker_compose_service");

  final String id;
  final Usage usage = new Usage();
  final long[] events = new long[Engine.ACTIONS.size()];
  Listed listed;
  @Nullable Inspected inspected;
  boolean isChanged = true; // something happened to it: inspect it anew
  @Nullable CgroupReader cgroup;
  String cgroupPath = "";
  long cgroupPid;
  List<Long> pids = List.of();
  long logBytes = -1; // of the file its output goes to; -1 where that can't be seen
  double layerBytes = Double.NaN; // written into its own layer
  String untold = ""; // why it has no figures in this round; empty where it has
  long measuredRound;
  @Nullable SeriesLabels labels;

  Tracked(Listed listed) {
    this.id = listed.id();
    this.listed = listed;
  }

  /** Takes what the newest list says; what differs makes it worth an inspection. */
  void take(Listed now) {
    if (now.equals(listed)) return;
    listed = now;
    isChanged = true;
    labels = null;
  }

  /** Whether it has processes, running or halted: only then it takes something. */
  boolean isAlive() {
    return listed.isRunning() || listed.state().equals("paused");
  }

  /** The label sets of its series; the same objects until its name or place changes. */
  SeriesLabels labels() {
    SeriesLabels known = labels;
    if (known != null) return known;
    String path = cgroupPath.isEmpty() ? "/docker/" + id : cgroupPath;
    Labels.Builder base =
        Labels.builder()
            .set("id", path)
            .set("name", listed.name())
            .set("image", listed.image())
            .set("container", listed.name());
    Inspected told = inspected;
    if (told != null) {
      COMPOSE.forEach((label, name) -> {
        String value = told.container().labels().get(label);
        if (value != null) base.set(name, value);
      });
    }
    var made = new SeriesLabels(base.build(), listed.name(), listed.image());
    labels = made;
    return made;
  }

  /** As other rooms see it. */
  Container container() {
    Inspected told = inspected;
    if (told == null) {
      Container bare = Container.unknown(id, cgroupPath, pids);
      return bare.with(listed);
    }
    return told.container().with(listed).with(pids, cgroupPath);
  }
}
