package io.quantchat.infra.stack;

/**
 * The template says something that can't be run here. The message names the resource and the
 * property, and says what isn't understood.
 */
public final class TemplateException extends RuntimeException {
  TemplateException(String message) {
    super(message);
  }

  TemplateException(String message, Throwable cause) {
    super(message, cause);
  }
}
