import type { LocatedEnvironment } from '../../config/service/locate.ts'
import { endpointProblem } from '../../config/values/endpoint.ts'
import type { Variables } from '../../config/values/interpolate.ts'
import { LambdactlError } from '../../errors/error.ts'

/** The parsed flags for the place where a command acts. */
export interface ConnectFlags {
  region: string | undefined
  'endpoint-url': string | undefined
  profile: string | undefined
}

/** A value and its source: the name of a flag or variable, or `file`. */
export interface Chosen {
  value: string
  by: string
}

/**
 * The place where a command acts, and its credentials. The SDK's own chain fills in undefined values: ambient variables
 * and shared configuration.
 */
export interface ChosenPlace {
  region: Chosen | undefined
  endpoint: Chosen | undefined
  profile: Chosen | undefined
  /**
   * The source of the credentials, if it is no profile: `variables` win over the file's profile, and a sandbox's key
   * over everything.
   */
  credentials: 'variables' | 'sandbox' | undefined
}

type Candidate = readonly [by: string, value: string | undefined]

/**
 * A flag wins over `LAMBDACTL_*`, that over the file, and the file over the ambient `AWS_*`, which a shell or a CI job
 * may have for other reasons.
 *
 * @throws LambdactlError USAGE for an endpoint that is no address
 */
export function choosePlace(
  { region, endpoint, profile }: Pick<LocatedEnvironment, 'region' | 'endpoint' | 'profile'>,
  flags: ConnectFlags,
  variables: Variables,
): ChosenPlace {
  const explicitProfile = first([
    ['--profile', flags.profile],
    ['LAMBDACTL_PROFILE', variables['LAMBDACTL_PROFILE']],
  ])
  const beatsProfile = !explicitProfile && Boolean(profile) && hasCredentials(variables)
  return {
    region: first([
      ['--region', flags.region],
      ['LAMBDACTL_REGION', variables['LAMBDACTL_REGION']],
      ['file', region],
      ['AWS_REGION', variables['AWS_REGION']],
      ['AWS_DEFAULT_REGION', variables['AWS_DEFAULT_REGION']],
    ]),
    endpoint: checked(
      first([
        ['--endpoint-url', flags['endpoint-url']],
        ['LAMBDACTL_ENDPOINT_URL', variables['LAMBDACTL_ENDPOINT_URL']],
        ['file', endpoint],
      ]),
    ),
    profile: explicitProfile ?? (beatsProfile ? undefined : first([['file', profile]])),
    credentials: beatsProfile ? 'variables' : undefined,
  }
}

/** An empty variable counts as not set. */
function first(candidates: readonly Candidate[]): Chosen | undefined {
  for (const [by, value] of candidates) if (value) return { value, by }
  return undefined
}

/** Keys, a web identity's token, or a container's credentials: the forms that a CI job gets. */
function hasCredentials(variables: Variables): boolean {
  const has = (...names: string[]) => names.every((name) => variables[name])
  return (
    has('AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY') ||
    has('AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN') ||
    has('AWS_CONTAINER_CREDENTIALS_RELATIVE_URI') ||
    has('AWS_CONTAINER_CREDENTIALS_FULL_URI')
  )
}

function checked(endpoint: Chosen | undefined): Chosen | undefined {
  const expected = endpoint && endpointProblem(endpoint.value)
  if (!expected) return endpoint
  // The endpoint may contain a password.
  const got = endpoint.value.includes('@') ? 'one with an @' : JSON.stringify(endpoint.value)
  throw new LambdactlError('USAGE', `Expected ${expected} for ${endpoint.by}, got ${got}.`, {
    next: ['Give the endpoint as in http://127.0.0.1:4510, by --endpoint-url or LAMBDACTL_ENDPOINT_URL.'],
  })
}
