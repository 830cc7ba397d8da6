package io.oriel.promql.expr;

/**
 * The four types of the language, with the name that messages use and the one that the API uses.
 */
public enum ValueType {
  SCALAR("scalar", "scalar"),
  STRING("string", "string"),
  VECTOR("instant vector", "vector"),
  MATRIX("range vector", "matrix");

  private final String words;
  private final String apiName;

  ValueType(String words, String apiName) {
    this.words = words;
    this.apiName = apiName;
  }

  /** As documentation and messages say it: "instant vector". */
  public String words() {
    return words;
  }

  /** As the HTTP API says it: "vector". */
  public String apiName() {
    return apiName;
  }
}
