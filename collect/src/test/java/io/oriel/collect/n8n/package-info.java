@NullMarked
package io.oriel.collect.n8n;

import org.jspecify.annotations.NullMarked;
