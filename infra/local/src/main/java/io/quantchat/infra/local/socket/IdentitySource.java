package io.quantchat.infra.local.socket;

/**
 * Where an authorizer looks for the caller's identity.
 *
 * @param place header or query
 * @param name the header's or parameter's name
 */
record IdentitySource(Place place, String name) {

  enum Place {
    HEADER("route.request.header."),
    QUERY("route.request.querystring.");

    private final String prefix;

    Place(String prefix) {
      this.prefix = prefix;
    }
  }

  /**
   * Reads an expression of the template.
   *
   * @throws IllegalArgumentException naming the expression, if it is of another kind
   */
  static IdentitySource parse(String expression) {
    for (Place place : Place.values()) {
      if (expression.startsWith(place.prefix) && expression.length() > place.prefix.length()) {
        return new IdentitySource(place, expression.substring(place.prefix.length()));
      }
    }
    throw new IllegalArgumentException(
        "identity source '"
            + expression
            + "' is not supported: use route.request.querystring.NAME"
            + " or route.request.header.NAME");
  }
}
