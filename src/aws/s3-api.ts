import type { S3Client } from '@aws-sdk/client-s3'
import type { Connection } from './connection.ts'
import { once } from './once.ts'

/** The S3 client, loaded when first used. Endpoints other than AWS have no host names for buckets. */
export function s3Api({ client }: Connection): () => Promise<S3Client> {
  return once(async () => {
    const { S3Client } = await import('@aws-sdk/client-s3')
    const { AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3 } = process.env
    const forcePathStyle = [client.endpoint, AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL].some(Boolean)
    return new S3Client({ ...client, forcePathStyle })
  })
}
