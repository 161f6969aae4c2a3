import type { S3Client } from '@aws-sdk/client-s3'
import type { Connection } from '../client/connection.ts'
import { once } from '../client/once.ts'
import { prepared } from '../client/prepare-client.ts'

/** The S3 client, loaded when first used. Endpoints other than AWS have no host names for buckets. */
export function s3Api(connection: Connection): () => Promise<S3Client> {
  const client = connection.clientFor('S3')
  return once(async () => {
    const { S3Client } = await import('@aws-sdk/client-s3')
    const forcePathStyle = client.endpoint !== undefined
    return prepared(new S3Client({ ...client, forcePathStyle }), connection)
  })
}
