package io.oriel.wire.otlp;

import java.util.SortedMap;

/** The library that measured: its name and version, empty where unsaid, and attributes. */
public record Scope(
    String name, String version, String schemaUrl, SortedMap<String, String> attributes) {}
