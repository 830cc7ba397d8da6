/**
 * Dashboards as code: a typed language that yields Grafana's JSON, and the dashboards Oriel ships.
 */
@NullMarked
package io.oriel.dashboards;

import org.jspecify.annotations.NullMarked;
