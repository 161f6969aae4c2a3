import { loadSharedConfigFiles } from '@smithy/core/config'

/**
 * The `endpoint_url` of a profile. The SDK itself takes that of AWS_PROFILE or of the default profile, whatever profile it is
 * told to use, and would send a profile's credentials to the endpoint of another.
 */
export async function profileEndpoint(profile: string): Promise<string | undefined> {
  const { configFile } = await loadSharedConfigFiles()
  return configFile[profile]?.['endpoint_url']
}
