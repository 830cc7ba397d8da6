package io.oriel.collect.catalogue;

/**
 * One thing that one source says of a model.
 *
 * @param value a text, or a number in the field's unit as JSON writes numbers; never empty
 * @param source in words, so that a person could look there: {@code vLLM http://gpu1:8000
 *     /v1/models}, {@code /root/.cache/huggingface/hub/models--Qwen--Qwen3-32B config.json}
 */
public record ModelFact(ModelField field, String value, String source) {
  private static final double WHOLE = 1L << 53; // up to here a double is exact

  static ModelFact of(ModelField field, double number, String source) {
    boolean isWhole = number == Math.rint(number) && Math.abs(number) < WHOLE;
    return new ModelFact(
        field, isWhole ? Long.toString((long) number) : Double.toString(number), source);
  }
}
