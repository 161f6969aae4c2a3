import type { Keys } from '../../aws/connection.ts'
import type { Variables } from '../../config/types.ts'

/** Whether variables say something of endpoints, which beats what profiles say. */
export function hasEndpoint(variables: Variables): boolean {
  return Object.entries(variables).some(
    ([name, value]) => /^AWS_(IGNORE_CONFIGURED_)?ENDPOINT_URL/.test(name) && value,
  )
}

/** Keys in the variables, which the SDK itself passes over where AWS_PROFILE is there as well. */
export function keysIn(variables: Variables): Keys | undefined {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = variables
  const { AWS_SESSION_TOKEN: sessionToken } = variables
  if (!accessKeyId || !secretAccessKey) return undefined
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) }
}
