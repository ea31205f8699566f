package io.quantchat.cli.agent;

/** A fault in the program that holds the account. */
public final class RemoteFaultException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param fault the name of its class; what it says may hold anything
   */
  RemoteFaultException(String fault) {
    super(fault);
  }
}
