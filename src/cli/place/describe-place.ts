import type { Endpoints, Service } from '../../aws/place/services.ts'
import type { LocatedEnvironment } from '../../config/service/locate.ts'
import type { Variables } from '../../config/values/interpolate.ts'
import type { Place, PlacePart } from '../../ui/results/place.ts'
import type { ChosenPlace } from './choose-place.ts'

/** The place in words that a person knows: its values, and the source of values that neither file nor flag gave. */
export function describePlace(
  environment: Pick<LocatedEnvironment, 'name' | 'account' | 'profile'>,
  { region, endpoint, profile, credentials }: ChosenPlace,
  configured: { region: string | undefined; endpoints: Endpoints },
  variables: Variables,
): Place {
  const { Lambda: lambdaEndpoint } = configured.endpoints
  const elsewhere = endpoint ? {} : notBesideLambda(configured.endpoints)
  const usedProfile = profile?.value ?? (credentials ? undefined : variables['AWS_PROFILE'])
  const from: Partial<Record<PlacePart, string | undefined>> = {
    region: configured.region && originOf(region?.by ?? sharedConfiguration),
    endpoint: lambdaEndpoint && originOf(endpoint?.by ?? endpointOrigin(variables)),
    profile: usedProfile && originOf(profile?.by ?? 'AWS_PROFILE'),
    credentials: credentials === 'variables' ? `variables, not profile ${environment.profile}` : undefined,
  }
  const origins = without(from)
  return {
    environment: environment.name,
    ...without({
      region: configured.region,
      account: environment.account,
      endpoint: lambdaEndpoint && withoutUser(lambdaEndpoint),
      profile: usedProfile,
    }),
    ...(Object.keys(elsewhere).length > 0 ? { elsewhere } : {}),
    ...(Object.keys(origins).length > 0 ? { from: origins } : {}),
  }
}

const sharedConfiguration = "AWS's shared configuration"

/** The services with another endpoint than Lambda's; null is AWS itself. */
function notBesideLambda({ Lambda, ...others }: Endpoints): Partial<Record<Service, string | null>> {
  const found = Object.entries(others).filter(([, endpoint]) => endpoint !== Lambda)
  return Object.fromEntries(
    found.map(([service, endpoint]) => [service, endpoint ? withoutUser(endpoint) : null]),
  )
}

/** Values of the file and the flags need no source. */
function originOf(by: string): string | undefined {
  return by === 'file' || by.startsWith('--') ? undefined : by
}

function endpointOrigin(variables: Variables): string {
  return (
    ['AWS_ENDPOINT_URL_LAMBDA', 'AWS_ENDPOINT_URL'].find((name) => variables[name]) ?? sharedConfiguration
  )
}

/** An ambient endpoint may contain a password. */
function withoutUser(endpoint: string): string {
  const url = URL.parse(endpoint)
  if (!url?.username && !url?.password) return endpoint
  url.username = ''
  url.password = ''
  return url.href
}

function without<Key extends string>(
  fields: Partial<Record<Key, string | undefined>>,
): Partial<Record<Key, string>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value)) as Partial<
    Record<Key, string>
  >
}
