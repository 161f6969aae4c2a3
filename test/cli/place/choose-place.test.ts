import { describe, expect, test } from 'vitest'
import { type Endpoints, services } from '../../../src/aws/place/services.ts'
import { choosePlace } from '../../../src/cli/place/choose-place.ts'
import { describePlace } from '../../../src/cli/place/describe-place.ts'
import type { Variables } from '../../../src/config/values/interpolate.ts'
import { placeText } from '../../../src/ui/results/place.ts'

const file = { region: 'eu-west-1', endpoint: 'https://file.example', profile: 'of-file' }
const none = { region: undefined, 'endpoint-url': undefined, profile: undefined }
const keys = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' }
const ambient = {
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-2',
  AWS_ENDPOINT_URL: 'http://ambient.example',
  AWS_ENDPOINT_URL_S3: 'http://s3.example',
  AWS_PROFILE: 'ambient',
}
const ours = {
  LAMBDACTL_REGION: 'eu-north-1',
  LAMBDACTL_ENDPOINT_URL: 'http://127.0.0.1:1',
  LAMBDACTL_PROFILE: 'of-variable',
}
const flags = { region: 'sa-east-1', 'endpoint-url': 'http://127.0.0.1:2', profile: 'of-flag' }

/** The values alone. */
function chosen(...[environment, given, variables]: Parameters<typeof choosePlace>) {
  const { region, endpoint, profile } = choosePlace(environment, given, variables)
  return [region?.value, endpoint?.value, profile?.value]
}

describe('who has the say', () => {
  test('the file beats what AWS reads', () => {
    expect(chosen(file, none, ambient)).toEqual(['eu-west-1', 'https://file.example', 'of-file'])
  })

  test('variables of lambdactl beat the file, and a flag beats both', () => {
    const variables = { ...ambient, ...ours, ...keys }
    expect(chosen(file, none, variables)).toEqual(['eu-north-1', 'http://127.0.0.1:1', 'of-variable'])
    expect(chosen(file, flags, variables)).toEqual(['sa-east-1', 'http://127.0.0.1:2', 'of-flag'])
  })

  test('what the file leaves out is filled in by what AWS reads; an empty variable is none', () => {
    expect(chosen({}, none, ambient)).toEqual(['us-east-1', undefined, undefined])
    expect(chosen({}, none, { ...ambient, AWS_REGION: '' })).toEqual(['us-east-2', undefined, undefined])
    expect(chosen({}, none, {})).toEqual([undefined, undefined, undefined])
    expect(chosen(file, none, { LAMBDACTL_REGION: '' })[0]).toBe('eu-west-1')
  })

  test.each<[string, Variables]>([
    ['keys', keys],
    ["a web identity's token", { AWS_WEB_IDENTITY_TOKEN_FILE: '/token', AWS_ROLE_ARN: 'arn' }],
    ["a container's", { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1/credentials' }],
  ])("%s in the variables beat the file's profile, and no other", (_, variables) => {
    expect(choosePlace(file, none, variables)).toMatchObject({ profile: undefined, credentials: 'variables' })
    expect(choosePlace(file, flags, variables)).toMatchObject({
      profile: { value: 'of-flag' },
      credentials: undefined,
    })
    expect(choosePlace({}, none, variables).credentials).toBeUndefined()
  })

  test('an endpoint that is no address, or holds a password, is refused without being shown', () => {
    const withPassword = { ...none, 'endpoint-url': 'https://me:hunter2@example.com' }
    expect(() => choosePlace(file, withPassword, {})).toThrow(/^(?!.*hunter2).*--endpoint-url/)
    expect(() => choosePlace(file, none, { LAMBDACTL_ENDPOINT_URL: 'sandbox' })).toThrow(
      'Expected an http or https address for LAMBDACTL_ENDPOINT_URL, got "sandbox".',
    )
  })
})

describe('how it is said', () => {
  const allAt = (endpoint: string | undefined) =>
    Object.fromEntries(services.map((service) => [service, endpoint])) as Endpoints
  const environment = { name: 'prod', account: '123456789012', profile: 'of-file' }
  const lineOf = (
    from: Partial<typeof file>,
    variables: Variables,
    configured: { region?: string; endpoint?: string; endpoints?: Endpoints } = {},
  ) => {
    const place = choosePlace(from, none, variables)
    const { region = place.region?.value, endpoint = place.endpoint?.value } = configured
    return placeText(
      describePlace(
        { ...environment, profile: from.profile },
        place,
        { region, endpoints: configured.endpoints ?? allAt(endpoint) },
        variables,
      ),
    )
  }

  test('by the values alone where the file gives them', () => {
    expect(lineOf({ region: 'eu-west-1' }, ambient)).toBe(
      'prod · eu-west-1 · 123456789012 · profile ambient (profile from AWS_PROFILE)',
    )
    expect(lineOf(file, {})).toBe('prod · eu-west-1 · 123456789012 · https://file.example · profile of-file')
  })

  test('with the services that are elsewhere than Lambda', () => {
    const apart = { S3: 'http://s3', STS: 'http://s3', SSM: undefined }
    const region = { region: 'eu-west-1' }
    expect(lineOf(region, {}, { endpoints: { ...allAt('http://a'), ...apart } })).toContain(
      'prod · eu-west-1 · 123456789012 · http://a · STS, S3 at http://s3 · SSM at AWS (endpoint from',
    )
    expect(lineOf(region, {}, { endpoints: { ...allAt(undefined), SSM: 'http://b' } })).toBe(
      'prod · eu-west-1 · 123456789012 · SSM at http://b',
    )
    expect(
      lineOf(
        { ...region, endpoint: 'http://127.0.0.1:1' },
        {},
        { endpoints: { Lambda: 'http://127.0.0.1:1' } },
      ),
    ).toBe('prod · eu-west-1 · 123456789012 · http://127.0.0.1:1')
  })

  test('with what filled in the rest', () => {
    expect(lineOf({}, { AWS_REGION: 'us-east-1' })).toBe(
      'prod · us-east-1 · 123456789012 (Region from AWS_REGION)',
    )
    const shared = { region: 'us-west-2', endpoint: 'http://user:hunter2@ambient.example/' }
    expect(lineOf({}, {}, shared)).toBe(
      "prod · us-west-2 · 123456789012 · http://ambient.example/ (Region from AWS's shared configuration, endpoint from AWS's shared configuration)",
    )
    expect(lineOf({ region: 'eu-west-1' }, { AWS_ENDPOINT_URL: 'http://a' }, { endpoint: 'http://a' })).toBe(
      'prod · eu-west-1 · 123456789012 · http://a (endpoint from AWS_ENDPOINT_URL)',
    )
    expect(lineOf({ region: 'eu-west-1', profile: 'of-file' }, keys)).toBe(
      'prod · eu-west-1 · 123456789012 (credentials from variables, not profile of-file)',
    )
  })
})
