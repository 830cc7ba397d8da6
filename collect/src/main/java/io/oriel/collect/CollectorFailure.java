package io.oriel.collect;

/** Why a system as a whole can't be read: what happened, and what to do about it. */
public final class CollectorFailure extends Exception {
  private static final long serialVersionUID = 1;
  private final String remedy;
  private final int status;

  /**
   * @param happened one sentence, with the address: "gpu1:8000 refused the connection"
   * @param remedy what to do: "is vLLM running there?"
   */
  public CollectorFailure(String happened, String remedy) {
    this(happened, remedy, 0);
  }

  /**
   * @param status what the system answered by HTTP in place of 200; 0 when it did not answer
   */
  public CollectorFailure(String happened, String remedy, int status) {
    super(happened, null, false, false); // about a peer, not about our code
    this.remedy = remedy;
    this.status = status;
  }

  public int status() {
    return status;
  }

  public String happened() {
    return String.valueOf(getMessage());
  }

  public String remedy() {
    return remedy;
  }
}
