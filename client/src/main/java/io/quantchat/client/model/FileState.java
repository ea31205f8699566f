package io.quantchat.client.model;

import java.util.Locale;

/** How far a file of a message is. */
public enum FileState {
  /** To be sent: it is kept here, encrypted. */
  WAITING,
  /** On its way to the server; what isn't there yet goes on from the last part that is. */
  UPLOADING,
  /** All of it went to the server; a copy is kept here. */
  SENT,
  /** Received: on the server, and only there, until it is fetched. */
  ON_SERVER,
  /** On its way from the server, or a part of it is here. */
  FETCHING,
  /** All of it is here. */
  HERE,
  /** It is nowhere any more, or was no good. */
  GONE;

  /** Its name in JSON. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it has come to where it was to, or never will. */
  public boolean isSettled() {
    return this == SENT || this == HERE || this == GONE;
  }

  /** Whether it can be read here. */
  public boolean isHere() {
    return this == WAITING || this == UPLOADING || this == SENT || this == HERE;
  }
}
