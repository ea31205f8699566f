package io.quantchat.testing;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * HTTP with so many requests on their way at most: a thousand at once are what a store is tested
 * with, and more than the queue of a LocalStack's port holds on a busy machine.
 */
final class QueueingHttp implements SdkHttpClient {

  private final SdkHttpClient http;
  private final Semaphore free;

  QueueingHttp(SdkHttpClient http, int most) {
    this.http = http;
    this.free = new Semaphore(most);
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    ExecutableHttpRequest prepared = http.prepareRequest(request);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        free.acquireUninterruptibly();
        try {
          return prepared.call();
        } finally {
          free.release();
        }
      }

      @Override
      public void abort() {
        prepared.abort();
      }
    };
  }

  @Override
  public String clientName() {
    return http.clientName();
  }

  @Override
  public void close() {
    http.close();
  }
}
