package io.quantchat.infra.local.socket;

import org.eclipse.jetty.websocket.core.CloseStatus;

/**
 * Why a socket closed: on the wire and in the {@code $disconnect} event.
 *
 * @param code a WebSocket close code (RFC 6455, 7.4)
 * @param text the reason, at most 123 bytes
 */
record CloseReason(int code, String text) {

  static final CloseReason DELETED = new CloseReason(1000, "Connection Closed Normally");
  static final CloseReason GOING_AWAY = new CloseReason(1001, "Going away");
  static final CloseReason BINARY = new CloseReason(1003, "Binary frames are not supported");
  static final CloseReason NO_CODE =
      new CloseReason(1005, "Client-side close frame status not set");

  /** AWS's own code and words for a dropped network are not recorded anywhere. */
  static final CloseReason DROPPED = new CloseReason(1006, "");

  static final CloseReason NOT_UTF_8 = new CloseReason(1007, "Text must be UTF-8");
  static final CloseReason TOO_BIG = new CloseReason(1009, "Message too big");

  static CloseReason of(CloseStatus status) {
    return switch (status.getCode()) {
      case CloseStatus.NO_CODE -> NO_CODE;
      case CloseStatus.NO_CLOSE -> DROPPED;
      case CloseStatus.MESSAGE_TOO_LARGE -> TOO_BIG;
      default ->
          new CloseReason(status.getCode(), status.getReason() == null ? "" : status.getReason());
    };
  }
}
