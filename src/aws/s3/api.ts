import type { Connection } from '../client/connection.ts'
import { loadService } from '../client/load-service.ts'

/** S3. Endpoints other than AWS have no host names for buckets. */
export function s3Api(connection: Connection) {
  return loadService(
    connection,
    'S3',
    () => import('@aws-sdk/client-s3'),
    ({ S3Client }, config) => new S3Client({ ...config, forcePathStyle: config.endpoint !== undefined }),
  )
}

export type S3Api = ReturnType<typeof s3Api>
/** Once it is loaded. */
export type S3 = Awaited<ReturnType<S3Api>>
