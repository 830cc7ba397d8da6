@NullMarked
package io.oriel.collect.langfuse;

import org.jspecify.annotations.NullMarked;
