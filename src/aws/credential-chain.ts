import { defaultProvider } from '@aws-sdk/credential-provider-node'
import type { Keys, Listeners } from './connection.ts'

/** No shared configuration can have it: the SDK asks profiles before it looks for a web identity or a container, and passes over this one. */
const noProfile = ']'

/** The keys for an endpoint on this machine where there are no credentials. */
export const nobody: Keys = { accessKeyId: 'nobody', secretAccessKey: 'nobody' }

export interface ChainOptions extends Partial<Pick<Listeners, 'onCredentials'>> {
  /** Whether no profile is asked. */
  passesProfiles: boolean
  /** Taken where the chain finds none. */
  standIn: Keys | undefined
}

/** The SDK's own chain of credentials. */
export function credentialChain({
  onCredentials,
  passesProfiles,
  standIn,
}: ChainOptions): typeof defaultProvider {
  return (init) => {
    const provider = defaultProvider(passesProfiles ? { ...init, profile: noProfile } : init)
    return async (...properties) => {
      try {
        const found = await provider(...properties)
        const { accessKeyId, secretAccessKey, sessionToken } = found
        onCredentials?.([accessKeyId, secretAccessKey, ...(sessionToken === undefined ? [] : [sessionToken])])
        return found
      } catch (error) {
        if (standIn) return standIn
        throw error
      }
    }
  }
}
