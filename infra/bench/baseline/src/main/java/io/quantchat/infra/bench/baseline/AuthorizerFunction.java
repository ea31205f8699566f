package io.quantchat.infra.bench.baseline;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Lets a socket open with a good {@code ?token=}. */
public final class AuthorizerFunction
    implements RequestHandler<APIGatewayCustomAuthorizerEvent, IamPolicyResponse> {

  private final Tokens tokens = new Tokens(DynamoDbClient.create());

  @Override
  public IamPolicyResponse handleRequest(APIGatewayCustomAuthorizerEvent event, Context context) {
    String userId = tokens.verify(event.getQueryStringParameters().get("token"));
    return IamPolicyResponse.builder()
        .withPrincipalId(userId)
        .withPolicyDocument(
            IamPolicyResponse.PolicyDocument.builder()
                .withVersion(IamPolicyResponse.VERSION_2012_10_17)
                .withStatement(List.of(IamPolicyResponse.allowStatement(event.getMethodArn())))
                .build())
        .withContext(Map.of("user_id", userId))
        .build();
  }
}
