import { closest } from '../../config/values/closest.ts'
import type { Variables } from '../../config/values/interpolate.ts'
import { LambdactlError } from '../../errors/error.ts'
import type { NamedConfig } from '../../errors/next-step.ts'
import type { Chosen, ChosenPlace } from './choose-place.ts'

/**
 * A named profile has to exist: the SDK would skip a missing one and use other credentials.
 *
 * @throws LambdactlError NOT_AUTHENTICATED with the existing profiles
 */
export async function requireProfile(
  environment: string,
  { profile, credentials, at }: UsedPlace,
  variables: Variables,
): Promise<void> {
  const named = profile ?? ambient(variables)
  // The default profile needs no section of its own.
  if (named === undefined || credentials !== undefined || named.value === 'default') return
  const [{ sharedProfiles, unreadableParts }, { loopbackOf }] = await Promise.all([
    import('../../aws/place/profiles.ts'),
    import('../../aws/place/loopback.ts'),
  ])
  const { names } = await sharedProfiles()
  if (names.includes(named.value)) return
  const unreadable = await unreadableParts(variables)
  throw missing(named, environment, { names, unreadable, isLocal: loopbackOf(at) !== undefined })
}

/** The place with Lambda's endpoint from any source. */
type UsedPlace = Pick<ChosenPlace, 'profile' | 'credentials'> & { at: string | undefined }

function ambient({ AWS_PROFILE }: Variables): Chosen | undefined {
  return AWS_PROFILE ? { value: AWS_PROFILE, by: 'AWS_PROFILE' } : undefined
}

interface ThereAre {
  names: readonly string[]
  unreadable: readonly string[]
  /** Whether the endpoint is on this machine. */
  isLocal: boolean
}

function missing(
  { value, by }: Chosen,
  environment: string,
  { names, unreadable, isLocal }: ThereAre,
): LambdactlError {
  const where = by === 'file' ? `profile: of environments.${environment} in the configuration file` : by
  const meant = closest(value, names)
  return new LambdactlError(
    'NOT_AUTHENTICATED',
    `AWS's shared configuration has no profile ${value}, which ${where} names; ${thereAre(names)}.`,
    {
      next: [
        ...unreadable,
        ...(meant === undefined ? [] : [`Did you mean ${meant}?`]),
        `Create it: \`aws configure sso --profile ${value}\`, or \`aws configure --profile ${value}\` for access keys.`,
        by === 'file'
          ? (config: NamedConfig) => `Or correct profile: in ${config.name}, or name another with --profile.`
          : `Or name another with ${by}${by === '--profile' ? '' : ', or leave it unset'}.`,
        ...(isLocal ? ['A running sandbox of yours needs no profile: lambdactl sandbox start --detach'] : []),
      ],
    },
  )
}

function thereAre(names: readonly string[]): string {
  return names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`
}
