package io.oriel.simulate.world;

/** The training job: its loss falls, or rises and is no number any more. */
public final class Trainer {
  private static final int STEPS = 20_000;
  private static final double SECONDS_A_STEP = 2.4;

  private final Chance chance;
  private double seconds;
  private int step;
  private double loss = 2.4;
  private double gradient = 1.2;
  private double excess; // how far it has gone astray
  private boolean diverges;

  Trainer(Chance chance) {
    this.chance = chance;
  }

  void diverge(boolean whether) {
    diverges = whether;
    if (!whether) excess = 0; // it goes on from its last checkpoint
  }

  void second() {
    seconds++;
    if (seconds < SECONDS_A_STEP) return;
    seconds -= SECONDS_A_STEP;
    step = step >= STEPS ? 0 : step + 1;
    excess = diverges ? excess * 1.09 + 0.01 : 0;
    boolean isLost = excess > 80;
    double normal = 0.74 + 1.7 * Math.exp(-step / 2_600.0) + 0.02 * (chance.share() - 0.5);
    loss = isLost ? Double.NaN : normal + excess;
    gradient = isLost ? Double.NaN : chance.around(0.8 + excess, 0.15);
  }

  public int step() {
    return step;
  }

  public int steps() {
    return STEPS;
  }

  /** NaN when it has diverged. */
  public double loss() {
    return loss;
  }

  public double gradientNorm() {
    return gradient;
  }

  public double learningRate() {
    double warm = Math.min(1, step / 400.0);
    return 2e-4 * warm * 0.5 * (1 + Math.cos(Math.PI * step / STEPS));
  }

  public double stepSeconds() {
    return SECONDS_A_STEP;
  }

  /** What it keeps its GPU at. */
  double intensity() {
    return 0.62;
  }
}
