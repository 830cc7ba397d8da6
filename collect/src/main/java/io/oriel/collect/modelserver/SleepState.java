package io.oriel.collect.modelserver;

import io.oriel.collect.page.NativePage;
import io.oriel.collect.page.PageSeries;

/** Whether vLLM says in its page that it sleeps: its weights are not on the GPU then. */
final class SleepState implements NativePage.Onlooker {
  private static final String METRIC = "vllm:engine_sleep_state";
  private boolean asleep;

  void begin() {
    asleep = false;
  }

  @Override
  public void sample(PageSeries series) {
    if (series.value() != 1 || !series.metric().name().equals(METRIC)) return;
    if (!series.labels().valueOf("sleep_state").equals("awake")) asleep = true;
  }

  boolean isAsleep() {
    return asleep;
  }
}
