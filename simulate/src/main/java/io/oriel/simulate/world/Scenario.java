package io.oriel.simulate.world;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What may befall the fleet: one at a time, begun and ended while it runs. */
public enum Scenario {
  NORMAL("An ordinary day: 10 to 20 requests a minute, few errors."),
  HIGH_LOAD("Eight times the requests: queues, full KV caches, hot GPUs."),
  DEGRADED("The largest model answers at a third of its speed; some requests time out."),
  MAINTENANCE("Two model servers are stopped, as for an update; their requests fail."),
  GPU_OVERHEAT("GPU 3 loses its cooling: it warms up to its limit and slows down."),
  GPU_MEMORY_LEAK("A process on GPU 5 takes more and more memory until it dies, again and again."),
  RESTART_LOOP("A model server dies half a minute after each start."),
  MODEL_LOAD_FAILURE("A model server is restarted and never gets its model loaded."),
  ERROR_BURST("A third of all requests fails."),
  COST_OVERRUN("An agent runs in circles with ever longer prompts: spend rises."),
  LOG_STORM("The gateway writes thousands of log lines a second."),
  TRAINING_DIVERGENCE("The training job's loss rises and becomes NaN."),
  NODE_DOWN("The machine does not answer at all.");

  private final String words;

  Scenario(String words) {
    this.words = words;
  }

  /** As it is written in commands and addresses: {@code gpu-overheat}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What happens, in a sentence. */
  public String words() {
    return words;
  }

  /** Null for a word that is none of them. */
  public static @Nullable Scenario of(String key) {
    for (Scenario each : values()) {
      if (each.key().equals(key)) return each;
    }
    return null;
  }
}
