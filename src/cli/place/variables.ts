import type { Keys } from '../../aws/client/connection.ts'
import type { Variables } from '../../config/values/interpolate.ts'

/** Keys in the variables; the SDK itself ignores them if AWS_PROFILE is set too. */
export function keysIn(variables: Variables): Keys | undefined {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = variables
  const { AWS_SESSION_TOKEN: sessionToken, AWS_CREDENTIAL_EXPIRATION: end } = variables
  if (!accessKeyId || !secretAccessKey) return undefined
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken ? { sessionToken } : {}),
    ...(end ? { expiration: new Date(end) } : {}),
  }
}
