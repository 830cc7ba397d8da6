@NullMarked
package io.oriel.collect.huggingface;

import org.jspecify.annotations.NullMarked;
