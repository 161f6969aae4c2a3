import { defaultProvider } from '@aws-sdk/credential-provider-node'
import type { Listeners } from './connection.ts'

/** No shared configuration can have it: the SDK asks profiles before it looks for a web identity or a container, and passes over this one. */
const noProfile = ']'

export interface ChainOptions extends Partial<Pick<Listeners, 'onCredentials'>> {
  /** Whether no profile is asked. */
  passesProfiles: boolean
}

/** The SDK's own chain of credentials. */
export function credentialChain({ onCredentials, passesProfiles }: ChainOptions): typeof defaultProvider {
  return (init) => {
    const provider = defaultProvider(passesProfiles ? { ...init, profile: noProfile } : init)
    return async (...properties) => {
      const found = await provider(...properties)
      const { accessKeyId, secretAccessKey, sessionToken } = found
      onCredentials?.([accessKeyId, secretAccessKey, ...(sessionToken === undefined ? [] : [sessionToken])])
      return found
    }
  }
}
