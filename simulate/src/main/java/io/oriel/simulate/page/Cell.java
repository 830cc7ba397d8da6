package io.oriel.simulate.page;

/** One series: its text, and its value. */
public final class Cell {
  private final String prefix;
  private double value;
  private byte[] line = {};
  private long writtenBits;

  /**
   * @param prefix all of the line before the value
   */
  Cell(String prefix) {
    this.prefix = prefix;
  }

  public void set(double newValue) {
    value = newValue;
  }

  /** Above 2^53 the last digits go, as in every sample. */
  public void set(long newValue) {
    value = (double) newValue;
  }

  public void add(long more) {
    value += (double) more;
  }

  public void add(double more) {
    value += more;
  }

  public double value() {
    return value;
  }

  byte[] line(Numbers numbers, StringBuilder scratch) {
    long bits = Double.doubleToRawLongBits(value);
    if (line.length > 0 && bits == writtenBits) return line;
    scratch.setLength(0);
    scratch.append(prefix);
    numbers.write(value, scratch);
    scratch.append('\n');
    line = scratch.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    writtenBits = bits;
    return line;
  }
}
