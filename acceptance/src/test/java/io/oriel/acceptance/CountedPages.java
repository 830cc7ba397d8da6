package io.oriel.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;

/**
 * Pages to scrape whose every sample is the number of the page, from 1: what is stored tells which
 * pages arrived, whenever they were asked for.
 */
final class CountedPages implements AutoCloseable {
  private final HttpServer server;

  /** By name: when each page was asked for, in milliseconds since 1970. */
  private final Map<String, NavigableMap<Integer, Long>> asked = new ConcurrentHashMap<>();

  CountedPages() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** Adds {@code /NAME}: so many series of that name. */
  CountedPages with(String name, int series) {
    var times = new ConcurrentSkipListMap<Integer, Long>();
    asked.put(name, times);
    server.createContext("/" + name, exchange -> answer(exchange, page(name, series, times)));
    return this;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** When the pages of that name were asked for, by their numbers. */
  NavigableMap<Integer, Long> asked(String name) {
    return Objects.requireNonNull(asked.get(name));
  }

  private static String page(String name, int series, NavigableMap<Integer, Long> times) {
    int number;
    synchronized (times) {
      number = times.size() + 1;
      times.put(number, System.currentTimeMillis());
    }
    var random = new Random(series); // the same names each time, which no packing makes small
    var page = new StringBuilder();
    for (int i = 0; i < series; i++) {
      page.append(name).append("{n=\"").append(i).append("\",id=\"");
      page.append(Long.toHexString(random.nextLong())).append(Long.toHexString(random.nextLong()));
      page.append("\"} ").append(number).append('\n');
    }
    return page.toString();
  }

  private static void answer(HttpExchange exchange, String page) throws IOException {
    byte[] body = page.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
