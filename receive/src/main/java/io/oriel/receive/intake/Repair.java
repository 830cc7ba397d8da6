package io.oriel.receive.intake;

/** Why a sample or a label is not taken as it came. */
public enum Repair {
  VENDOR_BLANK("vendor_blank", "a driver's number for: not known, not supported, not permitted"),
  NOT_CONNECTED("not_connected", "the reading of a sensor that is not connected"),
  NO_LIMIT("no_limit", "a number that stands for: no limit"),
  UNKNOWN_SPEED("unknown_speed", "a link's speed that is not known"),
  ZERO_TIME("zero_time", "a time that was never set"),
  IMPOSSIBLE("impossible", "more than there can be"),
  ALARM_BIT("alarm_bit", "a bit that was divided by 1000 on its way; it is made whole"),
  BLANK_LABEL("blank_label", "a label whose value stands for: none; the label goes");

  private final String label;
  private final String words;

  Repair(String label, String words) {
    this.label = label;
    this.words = words;
  }

  /** The reason as a label of a counter. */
  public String label() {
    return label;
  }

  public String words() {
    return words;
  }
}
