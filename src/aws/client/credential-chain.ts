import { defaultProvider } from '@aws-sdk/credential-provider-node'
import type { Logger } from '@smithy/types'
import { isFromNetwork } from '../answers/network-errors.ts'
import { loopbackOf, requireListener } from '../place/loopback.ts'
import { sharedProfiles } from '../place/profiles.ts'
import { credentialProblem } from './credential-problem.ts'
import type { Listeners } from './listeners.ts'

/**
 * No shared configuration can have this name. The SDK asks profiles before a web identity or a container, and skips
 * this one.
 */
const noProfile = ']'

export interface ChainOptions extends Partial<Pick<Listeners, 'onCredentials'>> {
  /** Whether to ignore profiles. */
  passesProfiles: boolean
  /** The endpoint that the credentials are for. */
  endpoint: string | undefined
  /** Throws if no credentials may be looked for. */
  beforeCredentials: (() => Promise<void>) | undefined
}

/** The SDK's own chain of credentials; its error gives the reason if there are none. */
export function credentialChain({
  onCredentials,
  passesProfiles,
  endpoint,
  beforeCredentials,
}: ChainOptions): typeof defaultProvider {
  return (init = {}) => {
    const said: string[] = []
    const given = { ...init, ...(passesProfiles ? { profile: noProfile } : {}), logger: listening(said) }
    const provider = defaultProvider(given)
    return async (...properties) => {
      await beforeCredentials?.()
      await requireListener(endpoint)
      said.length = 0
      const found = await provider(...properties).catch(async (error: unknown) => {
        throw await explained(error, { profile: given.profile, said, endpoint })
      })
      const { accessKeyId, secretAccessKey, sessionToken } = found
      onCredentials?.([accessKeyId, secretAccessKey, ...(sessionToken === undefined ? [] : [sessionToken])])
      return found
    }
  }
}

const ignore = () => undefined

/** A logger of the SDK also gets the steps whose errors the SDK skips. */
function listening(said: string[]): Logger {
  return { debug: (text: unknown) => said.push(String(text)), info: ignore, warn: ignore, error: ignore }
}

interface Asked {
  profile: string | undefined
  said: readonly string[]
  endpoint: string | undefined
}

/** An error of the network or of a service on the way is reported as itself. */
async function explained(error: unknown, { profile, said, endpoint }: Asked): Promise<unknown> {
  const known = error as Error & { $fault?: string }
  if (known.$fault === 'server' || isFromNetwork(known)) return error
  const named = profile === noProfile ? undefined : (profile ?? process.env['AWS_PROFILE'])
  return credentialProblem(error, {
    profile: named || 'default',
    isNamed: Boolean(named),
    profiles: await sharedProfiles(),
    said,
    loopback: loopbackOf(endpoint),
  })
}
