package org.atelier.platform.storage.aws;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import org.atelier.platform.storage.ForeignBuckets;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Buckets of S3. */
public final class S3ForeignBuckets implements ForeignBuckets {

  private final S3Client client;

  private S3ForeignBuckets(S3Client client) {
    this.client = client;
  }

  /**
   * @param connection how S3 is reached; bucket and prefix do not matter
   */
  public static S3ForeignBuckets connect(S3Bucket.Connection connection) {
    return new S3ForeignBuckets(S3Bucket.client(connection));
  }

  @Override
  public InputStream open(String bucket, String key) throws IOException {
    try {
      return client.getObject(GetObjectRequest.builder().bucket(bucket).key(key).build());
    } catch (NoSuchKeyException e) {
      throw new NoSuchFileException("s3://" + bucket + "/" + key);
    } catch (SdkException e) {
      throw new IOException(words(bucket, e), e);
    }
  }

  /** Without what the library adds for its own people: chains tried, request ids. */
  private static String words(String bucket, SdkException failure) {
    String said = String.valueOf(failure.getMessage());
    if (said.contains("Unable to load credentials")) {
      return "There are no credentials for the bucket %s: give the server AWS credentials (environment, profile or role)"
          .formatted(bucket);
    }
    String reason =
        failure instanceof AwsServiceException service && service.awsErrorDetails() != null
            ? service.awsErrorDetails().errorMessage()
            : said;
    return "S3 does not answer or refuses: " + reason.lines().findFirst().orElse("no reason given");
  }
}
