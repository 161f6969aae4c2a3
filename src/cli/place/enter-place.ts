import type { Listeners } from '../../aws/client/listeners.ts'
import type { LocatedEnvironment } from '../../config/service/locate.ts'
import { LambdactlError } from '../../errors/error.ts'
import type { Aws } from '../../ports/aws.ts'
import type { Place } from '../../ui/results/place.ts'
import { interruptible } from '../../workflows/run/run.ts'
import { maskAll } from '../output/mask.ts'
import { keepCredentials } from '../output/secret-variables.ts'
import { systemClock } from '../run/clock.ts'
import { sandboxKey } from '../sandbox-key/read-key.ts'
import { type ChosenPlace, type ConnectFlags, choosePlace } from './choose-place.ts'
import { describePlace } from './describe-place.ts'
import { requireProfile } from './require-profile.ts'
import { requireTrusted } from './require-trusted.ts'
import { keysIn } from './variables.ts'

/** The time that a command waits for the account if the file names none, milliseconds. */
const longestAccountWaitMs = 1000
const never = new AbortController().signal

/** A place where a command acts, and AWS there. */
export interface EnteredPlace {
  aws: Aws
  /**
   * The place with its account. An account that the file does not name is present if AWS returns it within a second.
   * Never fails.
   */
  whole: (signal?: AbortSignal) => Promise<Place>
}

/**
 * Connects an environment to AWS, without any call yet.
 *
 * @throws LambdactlError USAGE for an endpoint that is no address, CONFIG_INVALID or UNTRUSTED for an endpoint of the
 * file that nobody allowed
 */
export async function enterPlace(
  environment: LocatedEnvironment,
  flags: ConnectFlags,
  listeners: Partial<Listeners>,
): Promise<EnteredPlace> {
  const chosen = choosePlace(environment, flags, process.env)
  requireTrusted(environment, chosen.endpoint, process.env)
  const [{ connection }, { connectAws }, { configuredEndpoints }] = await Promise.all([
    import('../../aws/client/connection.ts'),
    import('../../aws/connect-aws.ts'),
    import('../../aws/place/configured-place.ts'),
  ])
  const profile = chosen.profile?.value
  const endpoint = chosen.endpoint?.value
  const region = await regionOf(chosen)
  const endpoints =
    endpoint === undefined ? await configuredEndpoints(profile, process.env) : { Lambda: endpoint }
  const isSandbox = accessKeyAt(endpoints.Lambda) !== undefined
  const used: ChosenPlace = isSandbox ? { ...chosen, profile: undefined, credentials: 'sandbox' } : chosen
  const keys = chosen.credentials === 'variables' ? keysIn(process.env) : undefined
  const passesProfiles = chosen.credentials === 'variables'
  const options = {
    region,
    endpoint,
    profile,
    endpoints,
    accessKeyAt,
    keys,
    passesProfiles,
    beforeCredentials: () => requireProfile(environment.name, { ...used, at: endpoints.Lambda }, process.env),
  }
  const connected = connectAws(
    connection(options, systemClock, { ...listeners, onCredentials: keepCredentials }),
  )
  const aws = { ...connected, journal: masked(connected.journal) }
  const known = describePlace(environment, used, { region, endpoints }, process.env)
  return {
    aws,
    whole: async (signal) => warned(await withAccount(known, environment, aws, signal), environment),
  }
}

/** The Region of a place, from AWS's shared configuration if nothing else names one; undefined if that has none. */
export async function regionOf({ region, profile }: ChosenPlace): Promise<string | undefined> {
  if (region) return region.value
  const { configuredRegion } = await import('../../aws/place/configured-place.ts')
  return configuredRegion(profile?.value)
}

/** At this user's own sandbox its key is used, for any other credentials. */
function accessKeyAt(endpoint: string | undefined): string | undefined {
  return sandboxKey(endpoint, process.env)
}

/** A reader of the journal must not find secrets there. */
function masked(journal: Aws['journal']): Aws['journal'] {
  return { ...journal, append: (release, entry) => journal.append(release, maskAll(entry)) }
}

/**
 * @throws LambdactlError ACCOUNT_MISMATCH if the credentials belong to another account than the environment names,
 * INTERRUPTED
 */
export async function requireAccount(
  environment: string,
  expected: string,
  { identity }: Aws,
  signal = never,
): Promise<void> {
  const { account } = await interruptible(signal, () => identity.caller(signal))
  if (account === expected) return
  throw new LambdactlError(
    'ACCOUNT_MISMATCH',
    `${environment === '' ? 'The ARN' : `The environment ${environment}`} is in the account ${expected}, but these credentials are of the account ${account}.`,
    { next: ['Sign in to the right account, or choose another --env.'] },
  )
}

async function withAccount(
  known: Place,
  { account }: LocatedEnvironment,
  { identity }: Aws,
  signal = never,
): Promise<Place> {
  if (account !== undefined) return known
  const patience = AbortSignal.any([signal, AbortSignal.timeout(longestAccountWaitMs)])
  try {
    return { ...known, account: (await identity.caller(patience)).account }
  } catch {
    return known
  }
}

/** Adds a warning if nothing proves that the credentials are the intended ones. */
function warned(place: Place, environment: LocatedEnvironment): Place {
  if (!environment.protected || environment.account !== undefined) return place
  const { environment: name, account = '…' } = place
  const warning = `environments.${name} is protected and names no account, so lambdactl accepts credentials of any account. Add account: "${account}" to it.`
  return { ...place, warning }
}
