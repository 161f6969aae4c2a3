import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateBucketCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3'
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  AssumeRoleWithWebIdentityCommand,
  type Credentials,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts'
import { defaultProvider } from '@aws-sdk/credential-provider-node'
import { expect, onTestFinished, test, vi } from 'vitest'
import { s3Service } from '../../../src/sandbox/s3/service.ts'
import { stsService } from '../../../src/sandbox/sts/service.ts'
import { clientSettings, serve } from '../serve.ts'

const role = { RoleArn: 'arn:aws:iam::123456789012:role/ci/deploy', RoleSessionName: 'run-1' }
const team = { Key: 'team', Value: 'shop' }
const assumed = 'arn:aws:sts::123456789012:assumed-role/deploy/run-1'

async function start(now: () => number = Date.now) {
  const folder = await mkdtemp(join(tmpdir(), 'lambdactl-sts-'))
  const parts = {
    sts: stsService({ clock: now, mayAssume: (arn) => !arn.endsWith('/closed') }),
    s3: s3Service({ directory: folder, clock: now }),
  }
  const server = await serve([parts.sts.service, parts.s3.service], '123456789012', {
    findSession: parts.sts.findSession,
  })
  const clients: { destroy(): void }[] = []
  const keep = <Client extends { destroy(): void }>(client: Client) => {
    clients.push(client)
    return client
  }
  onTestFinished(async () => {
    for (const client of clients) client.destroy()
    await server.close()
    await rm(folder, { recursive: true })
  })
  const settings = clientSettings(server.endpoint)
  const withKey = (given: Credentials | undefined) => {
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = given ?? {}
    const credentials = {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    }
    return {
      sts: keep(new STSClient({ ...settings, credentials })),
      s3: keep(new S3Client({ ...settings, credentials, forcePathStyle: true })),
    }
  }
  return { sts: keep(new STSClient(settings)), withKey, folder, endpoint: server.endpoint }
}

/** A token as an issuer makes it; its signature is nobody's. */
function tokenOf(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'RS256' })}.${part(claims)}.c2ln`
}
const claims = { iss: 'https://token.actions.example', sub: 'repo:shop:ref:main', aud: 'sts.amazonaws.com' }

test("a role's temporary keys serve at every service, and tell who has them", async () => {
  const { sts, withKey } = await start()
  const { Credentials: given, AssumedRoleUser } = await sts.send(
    new AssumeRoleCommand({ ...role, DurationSeconds: 900 }),
  )
  expect(AssumedRoleUser).toEqual({
    Arn: assumed,
    AssumedRoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}:run-1$/) as string,
  })
  expect(given?.AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/)
  const own = withKey(given)
  expect(await own.sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: '123456789012',
    Arn: assumed,
    UserId: AssumedRoleUser?.AssumedRoleId,
  })
  await own.s3.send(
    new CreateBucketCommand({
      Bucket: 'own',
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    }),
  )
  const other = withKey({ ...given, SessionToken: 'other' } as Credentials)
  await expect(other.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
  })
  await expect(own.sts.send(new GetSessionTokenCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' })
})

test('keys whose time is over are refused in the words of each service', async () => {
  const { sts, withKey } = await start(() => Date.now() - 3_600_000)
  const { Credentials: given } = await sts.send(new GetSessionTokenCommand({ DurationSeconds: 900 }))
  const own = withKey(given)
  await expect(own.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: 'ExpiredToken',
    $metadata: { httpStatusCode: 403 },
  })
  await expect(own.s3.send(new ListBucketsCommand({}))).rejects.toMatchObject({ name: 'ExpiredToken' })
})

test.each<[Partial<AssumeRoleCommandInput>, string, string]>([
  [
    { RoleArn: 'arn:aws:iam::123456789012:role/closed' },
    'AccessDenied',
    'is not authorized to perform: sts:AssumeRole on resource',
  ],
  [{ RoleSessionName: 'a b' }, 'ValidationError', "at 'roleSessionName' failed to satisfy constraint"],
  [{ DurationSeconds: 60 }, 'ValidationError', 'greater than or equal to 900'],
  [{ RoleArn: 'arn:aws:iam::123456789012:user/x' }, 'ValidationError', 'is invalid'],
  [
    { Tags: [team], TransitiveTagKeys: ['stage'] },
    'InvalidParameterValue',
    'The specified transitive tag key must be included in the requested tags.',
  ],
  [
    { Tags: [team, { ...team, Key: 'TEAM' }] },
    'InvalidParameterValue',
    'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
  ],
  [{ Policy: '{}' }, 'NotImplemented', 'the parameter Policy'],
])('AssumeRole with %j is refused', async (input, name, words) => {
  const { sts } = await start()
  await expect(sts.send(new AssumeRoleCommand({ ...role, ...input }))).rejects.toMatchObject({
    name,
    message: expect.stringContaining(words) as string,
  })
})

test('a token of an issuer opens a role without a signature, and nothing else does', async () => {
  const { endpoint, withKey } = await start()
  const form = async (fields: Record<string, string>) => {
    const response = await fetch(endpoint, { method: 'POST', body: new URLSearchParams(fields) })
    return { status: response.status, text: await response.text() }
  }
  expect(await form({ Action: 'GetCallerIdentity', Version: '2011-06-15' })).toMatchObject({
    status: 403,
    text: expect.stringContaining('<Code>MissingAuthenticationToken</Code>') as string,
  })
  const object = await fetch(`${endpoint}/bucket/key`)
  expect([object.status, await object.text()]).toEqual([
    403,
    expect.stringContaining('<Error><Code>AccessDenied</Code>'),
  ])
  const anonymous = new STSClient({
    ...clientSettings(endpoint),
    credentials: { accessKeyId: '', secretAccessKey: '' },
  })
  onTestFinished(() => anonymous.destroy())
  const open = (WebIdentityToken: string) =>
    anonymous.send(new AssumeRoleWithWebIdentityCommand({ ...role, WebIdentityToken }))
  const { Credentials: given, ...answer } = await open(tokenOf(claims))
  expect(answer).toMatchObject({
    SubjectFromWebIdentityToken: claims.sub,
    Provider: claims.iss,
    Audience: claims.aud,
  })
  const identity = await withKey(given).sts.send(new GetCallerIdentityCommand({}))
  expect(identity.Arn).toBe(assumed)
  await expect(open('secret')).rejects.toMatchObject({ name: 'InvalidIdentityTokenException' })
  await expect(open(tokenOf({ ...claims, exp: 1 }))).rejects.toMatchObject({ name: 'ExpiredTokenException' })
})

test("AWS's own credential chain takes a profile with a role, and a token's file", async () => {
  const { folder, endpoint } = await start()
  const config = join(folder, 'config')
  const token = join(folder, 'token')
  await writeFile(token, tokenOf(claims))
  await writeFile(
    config,
    `[profile base]\naws_access_key_id = test\naws_secret_access_key = test\n[profile deploy]\nrole_arn = ${role.RoleArn}\nsource_profile = base\nregion = eu-west-1\n`,
  )
  const variables = {
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined,
    AWS_REGION: 'eu-west-1',
  }
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
  onTestFinished(() => void vi.unstubAllEnvs())
  expect(await defaultProvider({ profile: 'deploy' })()).toMatchObject({
    accessKeyId: expect.stringMatching(/^ASIA/) as string,
  })
  vi.stubEnv('AWS_WEB_IDENTITY_TOKEN_FILE', token)
  vi.stubEnv('AWS_ROLE_ARN', role.RoleArn)
  expect(await defaultProvider()()).toMatchObject({ accessKeyId: expect.stringMatching(/^ASIA/) as string })
})
