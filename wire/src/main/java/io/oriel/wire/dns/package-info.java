/**
 * Asking the DNS where a service is: the records that name hosts, by the machine's own name servers
 * and search domains. The JDK's client ({@code jdk.naming.dns}) speaks the protocol.
 *
 * <p>In: a name and the type of its records. Out: hosts, with ports where the records have them;
 * that there are none; or a {@link io.oriel.wire.dns.DnsFailure} when nobody could say. Come in by
 * {@link io.oriel.wire.dns.NameServers}.
 */
@NullMarked
package io.oriel.wire.dns;

import org.jspecify.annotations.NullMarked;
