package io.oriel.storage.wal;

/** A record on its way to the disk. */
public final class Appended {
  private final Batch batch;
  private final Batch.Stage accepted;

  Appended(Batch batch, Batch.Stage accepted) {
    this.batch = batch;
    this.accepted = accepted;
  }

  /**
   * Waits until the record is accepted, as the {@link SyncPolicy} says.
   *
   * @throws io.oriel.model.limit.Refusal.Unavailable when it could not be written
   */
  public void await() {
    batch.await(accepted);
  }
}
