package io.tenantpool.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** One database and one user for each tenant, all filled from one template. */
final class TenantDatabases {

  /** How the name of each tenant's database begins, as a pattern of SQL's LIKE. */
  static final String NAMES = "tenant\\_%";

  private static final String TEMPLATE = "shop_template";

  private final DemoServer server;
  private final List<String> names;
  private final Path list;

  private TenantDatabases(DemoServer server, List<String> names, Path list) {
    this.server = server;
    this.names = names;
    this.list = list;
  }

  /** Fills the template, makes the users and writes the list that the program reads. */
  static TenantDatabases prepare(DemoServer server, int count, Path directory)
      throws SQLException, IOException {
    List<String> names = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    SecureRandom random = new SecureRandom();
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + TEMPLATE);
      for (int i = 1; i <= count; i++) {
        String name = "tenant_%02d".formatted(i);
        byte[] secret = new byte[12];
        random.nextBytes(secret);
        String password = HexFormat.of().formatHex(secret);
        statement.execute("create role " + name + " login password '" + password + "'");
        names.add(name);
        lines.add(String.join(" ", name, server.url(name), name, password));
      }
    }
    try (Connection connection = server.connect(TEMPLATE);
        Statement statement = connection.createStatement()) {
      statement.execute(resource("shop.sql"));
    }
    Path list = directory.resolve("tenants.txt");
    Files.write(list, lines);
    return new TenantDatabases(server, names, list);
  }

  /** Gives each tenant a database as the template is, in place of the one that it may have. */
  void createAfresh() throws SQLException {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      for (String name : names) {
        statement.execute("drop database if exists " + name + " with (force)");
        statement.execute("create database " + name + " template " + TEMPLATE);
      }
      statement.execute("checkpoint");
    }
  }

  List<String> names() {
    return names;
  }

  /** The file that lists name, URL, user and password of each tenant. */
  Path list() {
    return list;
  }

  private static String resource(String name) throws IOException {
    try (var stream = TenantDatabases.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IOException(name + " is not on the class path");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
