@NullMarked
package io.oriel.collect.ollama;

import org.jspecify.annotations.NullMarked;
