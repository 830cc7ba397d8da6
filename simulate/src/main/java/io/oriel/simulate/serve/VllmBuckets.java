package io.oriel.simulate.serve;

import java.util.Arrays;

/** The bounds of vLLM's histograms: seconds and tokens. */
@SuppressWarnings("ArrayRecordComponent") // tables, never compared
record VllmBuckets(
    double[] firstToken, double[] token, double[] whole, double[] phase, double[] tokens) {
  static final double[] STEP = {1, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384};
  static final double[] COUNT = {1, 2, 5, 10, 20};

  private static final double[] FIRST_TOKEN = {
    0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40,
    80, 160, 640, 2560
  };
  private static final double[] TOKEN = {
    0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80
  };
  private static final double[] PHASE = {
    0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680
  };
  private static final double[] OLD_WHOLE = {1, 2.5, 5, 10, 15, 20, 30, 40, 50, 60};

  static VllmBuckets of(VllmEra era, int contextLength) {
    double[] tokens = oneTwoFive(contextLength);
    return era == VllmEra.V0
        ? new VllmBuckets(upTo(FIRST_TOKEN, 10), upTo(TOKEN, 2.5), OLD_WHOLE, PHASE, tokens)
        : new VllmBuckets(FIRST_TOKEN, TOKEN, PHASE, PHASE, tokens);
  }

  private static double[] upTo(double[] bounds, double last) {
    return Arrays.stream(bounds).filter(bound -> bound <= last).toArray();
  }

  /** 1, 2, 5, 10, 20, 50 and so on, up to what the model can read. */
  private static double[] oneTwoFive(int most) {
    double[] all = new double[32];
    int count = 0;
    for (double ten = 1; ten <= most; ten *= 10) {
      for (double step : new double[] {1, 2, 5}) {
        if (step * ten <= most) all[count++] = step * ten;
      }
    }
    return Arrays.copyOf(all, count);
  }
}
