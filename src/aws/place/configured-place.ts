import { CONFIG_PREFIX_SEPARATOR, loadConfig, loadSharedConfigFiles } from '@smithy/core/config'
import { LambdactlError } from '../../errors/error.ts'
import { type Endpoints, type Service, services } from './services.ts'

type Variables = Readonly<Record<string, string | undefined>>
type Section = Readonly<Record<string, string | undefined>>

/**
 * Reads the endpoints like the SDK, but from the profile in use. The SDK itself takes the endpoints of AWS_PROFILE or
 * of the default profile, even if it is told to use another, and would send a profile's credentials to the endpoint of
 * another.
 *
 * @param profile if something else than AWS_PROFILE names it
 * @throws LambdactlError USAGE if the profile names services that the shared configuration doesn't have
 */
export async function configuredEndpoints(
  profile: string | undefined,
  variables: Variables,
): Promise<Endpoints> {
  const name = profile ?? (variables['AWS_PROFILE'] || 'default')
  const { configFile, credentialsFile } = await loadSharedConfigFiles()
  const section: Section = { ...credentialsFile[name], ...configFile[name] }
  return endpointsOf(name, section, configFile, variables)
}

/** The Region of the variables or the profile. If there is none, the first call reports it. */
export async function configuredRegion(profile: string | undefined): Promise<string | undefined> {
  const read = loadConfig(
    {
      environmentVariableSelector: ({ AWS_REGION }) => AWS_REGION || undefined,
      configFileSelector: ({ region }) => region,
      default: '',
    },
    { preferredFile: 'credentials', ...(profile === undefined ? {} : { profile }) },
  )
  return (await read()) || undefined
}

function endpointsOf(
  name: string,
  section: Section,
  sections: Readonly<Record<string, Section>>,
  variables: Variables,
): Endpoints {
  const ignored =
    variables['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] || section['ignore_configured_endpoint_urls']
  if (ignored?.toLowerCase() === 'true') return {}
  const { services: named } = section
  const ofServices = named ? sections[['services', named].join(CONFIG_PREFIX_SEPARATOR)] : {}
  if (!ofServices) throw noSuchServices(name, named)
  const endpointOf = (service: Service) => {
    const key = service.replaceAll(' ', '_')
    return (
      variables[`AWS_ENDPOINT_URL_${key.toUpperCase()}`] ||
      variables['AWS_ENDPOINT_URL'] ||
      ofServices[[key.toLowerCase(), 'endpoint_url'].join(CONFIG_PREFIX_SEPARATOR)] ||
      section['endpoint_url']
    )
  }
  return Object.fromEntries(services.map((service) => [service, endpointOf(service) || undefined]))
}

function noSuchServices(profile: string, named: string | undefined): LambdactlError {
  return new LambdactlError(
    'USAGE',
    `AWS's shared configuration has no [services ${named}], which its profile ${profile} names for the endpoints.`,
    { next: ['Correct services in ~/.aws/config, or choose another --profile.'] },
  )
}
