package io.tenantpool.pool;

/**
 * How logs and recordings name one physical connection.
 *
 * @param server host and port
 * @param tenant whose connection it is
 * @param user the user of the database; empty when neither URL nor properties name one
 * @param id a number that the server's connections count up from 1; none is used twice
 */
public record ConnectionLabel(String server, String tenant, String user, long id) {}
