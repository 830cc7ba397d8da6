package io.oriel.collect.langfuse;

import io.oriel.collect.CollectorFailure;
import io.oriel.collect.Readings;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;

/** When the newest trace began: a queue that is stuck shows here. */
final class Newest implements Part {
  private final Kept kept = new Kept();
  private long knownMs;

  @Override
  public String name() {
    return "newest trace";
  }

  @Override
  public void ask(Api api, long nowMs) throws CollectorFailure, InterruptedException {
    boolean isOld = api.dialect() == Dialect.V3;
    // without a beginning Langfuse would look through all it has
    String since = new Window(Math.max(knownMs, nowMs - Window.DAY_MS), nowMs).from();
    String path =
        isOld
            ? "/api/public/traces?page=1&limit=1&orderBy=timestamp.desc&fields=core&fromTimestamp="
            : "/api/public/v2/observations?isRootObservation=true&limit=1&fields=core&fromStartTime=";
    List<Row> rows = api.data(api.json(path + since));
    if (rows.isEmpty()) return; // none in a day
    String told = rows.getFirst().text(isOld ? "timestamp" : "startTime");
    try {
      knownMs = OffsetDateTime.parse(told).toInstant().toEpochMilli();
      kept.set(Figures.NEWEST, knownMs / 1000.0);
    } catch (DateTimeException e) {
      throw new CollectorFailure("\"%s\" is no time".formatted(told), "is this Langfuse?", 200);
    }
  }

  @Override
  public void tell(Readings out) {
    kept.tell(out);
  }
}
