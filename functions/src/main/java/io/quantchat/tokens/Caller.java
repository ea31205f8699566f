package io.quantchat.tokens;

/**
 * Who makes a request, as a verified access token says.
 *
 * @param userId the account
 * @param sessionId the session that the token was issued in
 */
public record Caller(String userId, String sessionId) {}
