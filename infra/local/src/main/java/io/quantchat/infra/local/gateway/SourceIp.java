package io.quantchat.infra.local.gateway;

import org.eclipse.jetty.server.Request;

/** The address that a request came from. */
public final class SourceIp {

  private SourceIp() {}

  /** An IPv6 address without brackets. */
  public static String of(Request request) {
    String address = Request.getRemoteAddr(request);
    return address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
  }
}
