package io.oriel.server.http.oriel;

import io.oriel.model.backend.TargetStatus;
import io.oriel.model.backend.TargetStatus.Health;
import io.oriel.server.http.Answer;
import io.oriel.server.http.JsonOut;
import io.oriel.server.http.ServerFacts;
import io.oriel.server.http.Targets;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The page of targets as data: each one, those left out, and a line a job. */
final class TargetsView {
  private static final int MOST_JOBS = 10_000;

  private final Targets targets;
  private final Supplier<List<OrielApi.IntakeCount>> intake;
  private final ServerFacts facts;

  TargetsView(Targets targets, Supplier<List<OrielApi.IntakeCount>> intake, ServerFacts facts) {
    this.targets = targets;
    this.intake = intake;
    this.facts = facts;
  }

  Answer answer() {
    List<TargetStatus> all = targets.all();
    Map<String, ServerFacts.Job> stored =
        facts.jobs(MOST_JOBS).stream()
            .collect(Collectors.toMap(ServerFacts.Job::name, Function.identity()));
    return Answer.json(out -> {
      out.object().name("targets").array();
      for (TargetStatus target : all) write(out, target);
      out.end().name("dropped").array();
      for (Targets.Dropped target : targets.dropped()) {
        out.object().field("pool", target.pool()).name("labels");
        map(out, target.labels());
        out.field("reason", target.reason()).end();
      }
      out.end().name("jobs").array();
      for (var job : byJob(all).entrySet()) write(out, job.getKey(), job.getValue(), stored);
      out.end().name("intake").array();
      for (OrielApi.IntakeCount count : intake.get()) {
        out.object()
            .field("reason", count.reason())
            .field("words", count.words())
            .field("count", count.count())
            .end();
      }
      out.end().end();
    });
  }

  private static Map<String, List<TargetStatus>> byJob(List<TargetStatus> all) {
    return all.stream()
        .collect(
            Collectors.groupingBy(TargetStatus::pool, LinkedHashMap::new, Collectors.toList()));
  }

  private static void write(
      JsonOut out, String job, List<TargetStatus> members, Map<String, ServerFacts.Job> stored)
      throws IOException {
    TargetStatus first = members.getFirst();
    out.object()
        .field("job", job)
        .field("kind", first.kind().name())
        .field("up", members.stream().filter(each -> each.health() == Health.UP).count())
        .field("total", members.size())
        .field("series", members.stream().mapToLong(TargetStatus::samples).sum())
        .field("interval", first.intervalMs());
    ServerFacts.Job its = stored.get(job);
    if (its != null) {
      out.field("storedSeries", its.series())
          .field("warnAt", its.warnAt())
          .field("budget", its.budget())
          .field("refusedSeries", its.refused())
          .field("growingLabel", its.growingLabel());
    }
    out.end();
  }

  private static void write(JsonOut out, TargetStatus target) throws IOException {
    boolean asked = target.lastMs() > 0;
    out.object()
        .field("id", target.id())
        .field("kind", target.kind().name())
        .field("pool", target.pool())
        .field("name", target.name())
        .field("where", target.where())
        .name("labels");
    map(out, target.labels().toMap());
    out.name("discovered");
    map(out, target.discovered());
    out.field("foundBy", target.foundBy()).field("health", target.health().name());
    textOrNull(out, "error", target.error());
    textOrNull(out, "remedy", target.remedy());
    numberOrNull(out, "lastMs", target.lastMs(), asked);
    numberOrNull(out, "lastGoodMs", target.lastGoodMs(), target.lastGoodMs() > 0);
    numberOrNull(out, "tookNanos", target.tookNanos(), asked);
    numberOrNull(out, "samples", target.samples(), asked);
    out.field("intervalMs", target.intervalMs())
        .field("timeoutMs", target.timeoutMs())
        .field("failuresInARow", target.failuresInARow())
        .end();
  }

  private static void map(JsonOut out, Map<String, String> map) throws IOException {
    out.object();
    for (var entry : new TreeMap<>(map).entrySet()) out.field(entry.getKey(), entry.getValue());
    out.end();
  }

  private static void textOrNull(JsonOut out, String name, String text) throws IOException {
    if (text.isEmpty()) out.name(name).nothing();
    else out.field(name, text);
  }

  private static void numberOrNull(JsonOut out, String name, long number, boolean known)
      throws IOException {
    if (known) out.field(name, number);
    else out.name(name).nothing();
  }
}
