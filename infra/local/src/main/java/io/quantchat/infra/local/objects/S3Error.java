package io.quantchat.infra.local.objects;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request that is refused, as S3 refuses it. */
final class S3Error extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why, in S3's words: the API Reference's "Error responses", and what it was seen to answer. */
  enum Reason {
    ACCESS_DENIED(403, "AccessDenied", "Access Denied"),
    EXPIRED(403, "AccessDenied", "Request has expired"),
    NOT_YET_VALID(403, "AccessDenied", "Request is not yet valid"),
    HEADERS_NOT_SIGNED(
        403, "AccessDenied", "There were headers present in the request which were not signed"),
    WRONG_SIGNATURE(
        403,
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your"
            + " key and signing method."),
    UNKNOWN_KEY(
        403,
        "InvalidAccessKeyId",
        "The AWS Access Key Id you provided does not exist in our records."),
    SKEWED(
        403,
        "RequestTimeTooSkewed",
        "The difference between the request time and the current time is too large."),
    TWO_AUTHENTICATIONS(
        400,
        "InvalidArgument",
        "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query"
            + " string parameter or the Authorization header should be specified"),
    UNKNOWN_AUTHENTICATION(400, "InvalidArgument", "Unsupported Authorization Type"),
    OTHER_SIGNATURES(
        400,
        "InvalidRequest",
        "The authorization mechanism you have provided is not supported. Please use"
            + " AWS4-HMAC-SHA256."),
    MALFORMED_HEADER(
        400, "AuthorizationHeaderMalformed", "The authorization header you provided is invalid."),
    MALFORMED_QUERY(
        400,
        "AuthorizationQueryParametersError",
        "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential,"
            + " X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters."),
    WRONG_SCOPE(
        400,
        "AuthorizationQueryParametersError",
        "Error parsing the X-Amz-Credential parameter; it must name this region and \"s3\"."),
    WRONG_EXPIRES(
        400,
        "AuthorizationQueryParametersError",
        "X-Amz-Expires must be a number of seconds, more than none and less than a week"
            + " (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds"),
    PAYLOAD_MISMATCH(
        400,
        "XAmzContentSHA256Mismatch",
        "The provided 'x-amz-content-sha256' header does not match what was computed."),
    PAYLOAD_HASH_MISSING(
        400, "InvalidRequest", "Missing required header for this request: x-amz-content-sha256"),
    CHECKSUM_MISMATCH(
        400, "BadDigest", "The SHA256 you specified did not match the calculated checksum."),
    INVALID_CHECKSUM(400, "InvalidRequest", "Value for x-amz-checksum-sha256 header is invalid."),
    CHECKSUM_MISSING(
        400,
        "InvalidRequest",
        "Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type:"
            + " null"),
    INCOMPLETE_BODY(
        400,
        "IncompleteBody",
        "You did not provide the number of bytes specified by the Content-Length HTTP header"),
    LENGTH_MISSING(411, "MissingContentLength", "You must provide the Content-Length HTTP header."),
    TOO_LARGE(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size"),
    PART_TOO_SMALL(
        400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size"),
    KEY_TOO_LONG(400, "KeyTooLongError", "Your key is too long"),
    INVALID_URI(400, "InvalidURI", "Couldn't parse the specified URI."),
    INVALID_ARGUMENT(400, "InvalidArgument", "Invalid Argument"),
    PART_NUMBER(
        400, "InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive"),
    NO_SUCH_KEY(404, "NoSuchKey", "The specified key does not exist."),
    NO_SUCH_UPLOAD(
        404,
        "NoSuchUpload",
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have"
            + " been aborted or completed."),
    INVALID_PART(
        400,
        "InvalidPart",
        "One or more of the specified parts could not be found.  The part may not have been"
            + " uploaded, or the specified entity tag may not match the part's entity tag."),
    PART_CHECKSUM_MISSING(
        400,
        "InvalidRequest",
        "The upload was created using a sha256 checksum. The complete request must include the"
            + " checksum for each part."),
    PART_ORDER(
        400,
        "InvalidPartOrder",
        "The list of parts was not in ascending order. Parts must be ordered by part number."),
    NO_PARTS(400, "InvalidRequest", "You must specify at least one part"),
    MALFORMED_XML(
        400,
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published"
            + " schema"),
    INVALID_RANGE(416, "InvalidRange", "The requested range is not satisfiable"),
    PRECONDITION_FAILED(
        412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold"),
    METHOD_NOT_ALLOWED(
        405, "MethodNotAllowed", "The specified method is not allowed against this resource."),
    NOT_IMPLEMENTED(
        501,
        "NotImplemented",
        "A header you provided implies functionality that is not implemented"),
    NO_ROOM(503, "SlowDown", "Please reduce your request rate."),
    INTERNAL(500, "InternalError", "We encountered an internal error. Please try again."),
    NO_ORIGIN(400, "BadRequest", "Insufficient information. Origin request header needed."),
    CORS_OFF(403, "AccessForbidden", "CORSResponse: CORS is not enabled for this bucket."),
    CORS_REFUSED(
        403,
        "AccessForbidden",
        "CORSResponse: This CORS request is not allowed. This is usually because the evalution of"
            + " Origin, request method / Access-Control-Request-Method or"
            + " Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.");

    private final int status;
    private final String code;
    private final String message;

    Reason(int status, String code, String message) {
      this.status = status;
      this.code = code;
      this.message = message;
    }
  }

  private final transient Reason reason;
  private final transient Map<String, String> details = new LinkedHashMap<>();

  S3Error(Reason reason) {
    super(reason.code, null, false, false);
    this.reason = reason;
  }

  /** The same, saying more. */
  S3Error with(String name, Object value) {
    details.put(name, value.toString());
    return this;
  }

  Reason reason() {
    return reason;
  }

  S3Answer answer(AnswerIds ids) {
    var xml = new XmlWriter().open("Error").text("Code", reason.code);
    xml.text("Message", reason.message);
    details.forEach(xml::text);
    xml.text("RequestId", ids.requestId()).text("HostId", ids.hostId()).close("Error");
    return S3Answer.xml(reason.status, xml);
  }
}
