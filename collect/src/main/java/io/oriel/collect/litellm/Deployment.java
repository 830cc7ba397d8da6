package io.oriel.collect.litellm;

import com.fasterxml.jackson.databind.JsonNode;
import io.oriel.collect.peer.JsonNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One way that requests for a model may go; a model may have several.
 *
 * @param model what callers ask for
 * @param id LiteLLM's, as its page has it in {@code model_id}
 * @param upstream what is asked for there: {@code hosted_vllm/Qwen/Qwen3-32B}
 * @param endpoint without credentials and parameters; empty where it is the provider's usual one
 * @param mode {@code chat}, {@code embedding}, {@code rerank}...; empty where LiteLLM does not know
 * @param inputDollars for a token
 * @param outputDollars for a token
 * @param cachedDollars for a token of a prompt that the provider had in a cache
 * @param abilities beside answering: {@code tools}, {@code vision}, {@code thinking}
 */
public record Deployment(
    String model,
    String id,
    String upstream,
    String provider,
    String endpoint,
    String mode,
    OptionalDouble inputDollars,
    OptionalDouble outputDollars,
    OptionalDouble cachedDollars,
    OptionalDouble maxInputTokens,
    OptionalDouble maxOutputTokens,
    List<String> abilities) {

  public Deployment {
    abilities = List.copyOf(abilities);
  }

  /** An entry of {@code /v1/model/info}. */
  static Deployment of(JsonNode json) {
    JsonNode params = json.path("litellm_params");
    JsonNode info = json.path("model_info");
    String upstream = params.path("model").asText("");
    return new Deployment(
        json.path("model_name").asText(""),
        info.path("id").asText(""),
        upstream,
        provider(info.path("litellm_provider"), params.path("custom_llm_provider"), upstream),
        shown(params.path("api_base").asText("")),
        info.path("mode").asText(""),
        dollars(info.path("input_cost_per_token")),
        dollars(info.path("output_cost_per_token")),
        dollars(info.path("cache_read_input_token_cost")),
        tokens(info.path("max_input_tokens"), info.path("max_tokens")),
        tokens(info.path("max_output_tokens"), info.path("max_output_tokens")),
        abilities(info));
  }

  private static List<String> abilities(JsonNode info) {
    var all = new ArrayList<String>();
    if (info.path("supports_function_calling").asBoolean()) all.add("tools");
    if (info.path("supports_vision").asBoolean()) all.add("vision");
    if (info.path("supports_reasoning").asBoolean()) all.add("thinking");
    return all;
  }

  /** What is asked for there, without the provider before it. */
  String upstreamModel() {
    String before = provider + "/";
    return upstream.startsWith(before) ? upstream.substring(before.length()) : upstream;
  }

  private static String provider(JsonNode ofInfo, JsonNode ofParams, String upstream) {
    if (ofInfo.isTextual()) return ofInfo.asText();
    if (ofParams.isTextual()) return ofParams.asText();
    int slash = upstream.indexOf('/');
    return slash > 0 ? upstream.substring(0, slash) : "";
  }

  /** Users, keys and parameters may stand in an address. */
  static String shown(String address) {
    return address.replaceFirst("[?#].*$", "").replaceFirst("//[^/@]*@", "//");
  }

  private static OptionalDouble dollars(JsonNode value) {
    double price = JsonNumber.of(value);
    return price >= 0 ? OptionalDouble.of(price) : OptionalDouble.empty();
  }

  private static OptionalDouble tokens(JsonNode first, JsonNode second) {
    double tokens = JsonNumber.of(first.isNumber() ? first : second);
    return tokens > 0 ? OptionalDouble.of(tokens) : OptionalDouble.empty();
  }
}
