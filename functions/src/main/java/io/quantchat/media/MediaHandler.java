package io.quantchat.media;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.quantchat.host.Host;
import io.quantchat.http.Problem;
import io.quantchat.http.RestRequest;
import io.quantchat.http.RestResponse;
import io.quantchat.http.RestRoutes;
import io.quantchat.limits.Limit;
import io.quantchat.limits.Limits;
import io.quantchat.rehearsal.Rehearsal;
import io.quantchat.tokens.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The routes under {@code /media}. */
public final class MediaHandler implements RequestStreamHandler {

  /** Bytes of a request: a gibibyte's parts take 6,000. */
  private static final int LARGEST_BODY = 32 * 1024;

  /** A host and perhaps a port (RFC 9110 §7.2): what a link may be signed for. */
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

  private final MediaService media;
  private final MediaSizes sizes;
  private final Links links;
  private final Limits limits;
  private final RestRoutes routes;

  /** Called by Lambda. */
  public MediaHandler() {
    this(Rehearsal.onLambda(MediaHandler::new, MediaRehearsal::play));
  }

  /** The function on this host. */
  public MediaHandler(Host host) {
    this.media = MediaService.of(host);
    this.sizes = MediaSizes.of(host.environment());
    this.links = new Links(host.bucket().get(), host.clock());
    this.limits = Limits.of(host);
    this.routes =
        RestRoutes.of(host)
            .signedIn("POST /media", this::begin)
            .reading("GET /media/{media_id}", limits.charging(Limit.READS, this::get))
            .signedIn("DELETE /media/{media_id}", limits.charging(Limit.READS, this::delete))
            .signedIn(
                "POST /media/{media_id}/parts", limits.charging(Limit.MEDIA_STEPS, this::renew))
            .signedIn(
                "POST /media/{media_id}/complete",
                limits.charging(Limit.MEDIA_STEPS, this::complete));
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    routes.handle(in, out, context);
  }

  private RestResponse begin(RestRequest request, Caller caller) {
    NewMedia asked = MediaFields.newMedia(request.fields(LARGEST_BODY), sizes);
    String host = host(request);
    limits.chargeAll(
        caller.userId(),
        Map.of(
            Limit.MEDIA_UPLOADS, 1, Limit.MEDIA_UPLOAD_MEBIBYTES, Media.mebibytes(asked.size())));
    Media begun = media.begin(asked);
    return RestResponse.created(links.toUpload(begun, begun.pieces(), host));
  }

  private RestResponse renew(RestRequest request, Caller caller) {
    String host = host(request);
    Media found = media.find(id(request));
    List<Piece> missing = media.missing(found);
    return RestResponse.ok(links.toUpload(found, missing, host));
  }

  private RestResponse complete(RestRequest request, Caller caller) {
    media.complete(media.find(id(request)));
    return RestResponse.noContent();
  }

  private RestResponse get(RestRequest request, Caller caller) {
    String host = host(request);
    Media found = media.findWhole(id(request));
    limits.charge(Limit.MEDIA_DOWNLOAD_MEBIBYTES, caller.userId(), Media.mebibytes(found.size()));
    return RestResponse.ok(links.toDownload(found, host));
  }

  private RestResponse delete(RestRequest request, Caller caller) {
    String id = id(request);
    byte[] secret = MediaFields.secret(request.fields(LARGEST_BODY));
    media.delete(media.find(id), secret);
    return RestResponse.noContent();
  }

  private static String id(RestRequest request) {
    return MediaFields.id(request.path().getOrDefault("media_id", ""));
  }

  private static String host(RestRequest request) {
    return request
        .header("Host")
        .filter(host -> HOST.matcher(host).matches())
        .orElseThrow(
            () -> Problem.of(Problem.Kind.MALFORMED, "The request's Host header is malformed."));
  }
}
