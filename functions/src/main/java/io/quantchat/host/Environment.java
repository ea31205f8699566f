package io.quantchat.host;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The variables that the template, and Lambda itself, give a function. Read while the function is
 * built, never later.
 */
public final class Environment {

  /** Every variable that any function reads, but for those of {@link #versionOf}. */
  public enum Variable {
    ACCOUNTS_TABLE,
    ACCOUNT_EMAILS_TABLE,
    CONTACTS_TABLE,
    RELAY_MESSAGES_TABLE,
    CONNECTIONS_TABLE,
    SESSIONS_TABLE,
    ACCOUNT_SESSIONS_TABLE,
    CREDENTIALS_TABLE,
    EMAIL_PROOFS_TABLE,
    SIGNING_KEYS_TABLE,
    TOKEN_KEYS_TABLE,
    KEY_BUNDLES_TABLE,
    PREKEYS_TABLE,
    LIMITS_TABLE,
    /** What operators turned: see the limits' settings. */
    LIMITS,
    LEAVING_TABLE,
    MEDIA_TABLE,
    /**
     * Where links to attachments lead: the bucket's address, or its path where it is on the API's
     * own host.
     */
    MEDIA_URL,
    /** Where functions ask for the bucket, if not by {@link #MEDIA_URL}. */
    MEDIA_ENDPOINT,
    /** The largest attachment. */
    MEDIA_MEBIBYTES,
    /** The largest attachment that is put at once, and not in parts. */
    MEDIA_SINGLE_MEBIBYTES,
    TOKEN_ISSUER,
    TOKEN_AUDIENCE,
    ACCESS_TOKEN_MINUTES,
    REFRESH_TOKEN_DAYS,
    SESSION_DAYS,
    ALLOWED_ORIGIN,
    /** The address that mail comes from; empty where none is sent. */
    MAIL_FROM,
    /** The page that links in mails lead to; empty where they have none. */
    MAIL_LINK,
    /**
     * Whether nobody is found by an address that wasn't verified: {@code true} or {@code false}.
     */
    HIDES_UNVERIFIED,
    /** What the distribution in front proves itself by; empty where there is none. */
    EDGE_PROOF,
    SOCKET_ENDPOINT,
    /** Where the tables are so near that clients are as quick as they: see the relay's service. */
    LOOK_HOLDS_MILLISECONDS,
    /** What the inbox of an account may hold. */
    INBOX_MEBIBYTES,
    /** How long the answer to a stranger's send takes at least: see the relay's service. */
    STRANGER_ANSWER_MILLISECONDS,
    AWS_REGION,
    AWS_LAMBDA_FUNCTION_NAME,
    AWS_LAMBDA_FUNCTION_VERSION,
    AWS_LAMBDA_INITIALIZATION_TYPE,
    AWS_CONTAINER_CREDENTIALS_FULL_URI
  }

  private final Map<String, String> variables;

  /** These variables, by name. */
  public Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /**
   * The variables of this process: in the cloud and on one machine alike, what the template says.
   */
  public static Environment ofProcess() {
    return new Environment(System.getenv());
  }

  /**
   * The value of a variable.
   *
   * @throws IllegalStateException if the template doesn't give it to this function
   */
  public String get(Variable variable) {
    return get(variable.name());
  }

  /**
   * The ARN of a function's version that is about to be released.
   *
   * @param function what stands before {@code _VERSION} in the variable's name
   * @throws IllegalStateException if the template doesn't give it to this function
   */
  public String versionOf(String function) {
    return get(function + "_VERSION");
  }

  /**
   * The ARN of the same function's alias that people's requests go to.
   *
   * @throws IllegalStateException if the template doesn't give it to this function
   */
  public String liveOf(String function) {
    return versionOf(function).replaceFirst(":[^:]*$", ":live");
  }

  private String get(String variable) {
    String value = variables.get(variable);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException("This function was given no variable " + variable);
    }
    return value;
  }

  /** The same with another value for one variable. */
  public Environment with(Variable variable, String value) {
    var others = new HashMap<>(variables);
    others.put(variable.name(), value);
    return new Environment(others);
  }

  /** The value of a variable that may be empty, or not there at all. */
  public Optional<String> find(Variable variable) {
    return Optional.ofNullable(variables.get(variable.name())).filter(value -> !value.isBlank());
  }

  /** Whether the variable is there. */
  public boolean has(Variable variable) {
    return variables.containsKey(variable.name());
  }

  /** Whether Lambda takes a snapshot of the function once it is built (SnapStart). */
  public boolean takesSnapshots() {
    return "snap-start".equals(variables.get(Variable.AWS_LAMBDA_INITIALIZATION_TYPE.name()));
  }

  /** The value of a variable that is a whole number. */
  public int getInt(Variable variable) {
    return Integer.parseInt(get(variable));
  }
}
