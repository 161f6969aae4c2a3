import type { Connection } from '../client/connection.ts'
import { loadService } from '../client/load-service.ts'

/** IAM, loaded when it is first used. */
export function iamApi(connection: Connection) {
  return loadService(
    connection,
    'IAM',
    () => import('@aws-sdk/client-iam'),
    ({ IAMClient }, config) => new IAMClient(config),
  )
}

export type IamApi = ReturnType<typeof iamApi>
