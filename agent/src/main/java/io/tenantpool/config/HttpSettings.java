package io.tenantpool.config;

/**
 * Where the agent answers over HTTP, and whom.
 *
 * @param port 0 for any that is free
 * @param address of this machine: a name or an IP address
 * @param token what every request has to show; never to be printed
 */
public record HttpSettings(int port, String address, String token) {

  /** Without the token. */
  @Override
  public String toString() {
    return "http://" + address + ":" + port;
  }
}
