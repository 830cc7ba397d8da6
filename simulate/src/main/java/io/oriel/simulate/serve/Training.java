package io.oriel.simulate.serve;

import io.oriel.simulate.http.Answer;
import io.oriel.simulate.http.Answering;
import io.oriel.simulate.http.Question;
import io.oriel.simulate.page.Cell;
import io.oriel.simulate.page.MetricsPage;
import io.oriel.simulate.page.Numbers;
import io.oriel.simulate.world.Fleet;
import io.oriel.simulate.world.SimContainer;
import io.oriel.simulate.world.Trainer;
import io.oriel.simulate.world.World;

/** The training job's page of metrics: no standard names them, so they are the job's own. */
final class Training implements Answering {
  private final Trainer trainer;
  private final SimContainer container;
  private final MetricsPage page;
  private final Cell loss;
  private final Cell gradient;
  private final Cell rate;
  private final Cell step;
  private final Cell tokens;

  Training(World world) {
    this.trainer = world.trainer();
    this.container = world.daemon().container(Fleet.TRAINER);
    this.page = new MetricsPage(Numbers.PYTHON, false, world::nowMs);
    String[] job = {"job_name", "lora-support-7b", "rank", "0"};
    this.loss = page.gauge("training_loss", "Loss of the last step.").cell(job);
    this.gradient =
        page.gauge("training_gradient_norm", "Norm of the gradient before clipping.").cell(job);
    this.rate = page.gauge("training_learning_rate", "Learning rate of the last step.").cell(job);
    this.step = page.gauge("training_step", "Steps done.").cell(job);
    this.tokens = page.gauge("training_tokens_per_second", "Tokens trained on a second.").cell(job);
    page.gauge("training_steps", "Steps in all.").cell(job).set(trainer.steps());
  }

  int series() {
    return page.size();
  }

  @Override
  public Answer answer(Question question) {
    if (!container.isRunning()) return Answer.NOBODY;
    if (!question.path().equals("/metrics")) return Answer.NOT_FOUND;
    loss.set(trainer.loss());
    gradient.set(trainer.gradientNorm());
    rate.set(trainer.learningRate());
    step.set(trainer.step());
    tokens.set(16 * 2_048 / trainer.stepSeconds());
    return Answer.metrics(page.toBytes());
  }
}
