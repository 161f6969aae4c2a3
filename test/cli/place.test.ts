import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { expect, onTestFinished, test } from 'vitest'
import { services } from '../../src/aws/place/services.ts'
import { eventsOf, type Place, run, runTo } from './cli.ts'
import { operationOf } from './operation.ts'
import { startProxy } from './proxy.ts'
import { clientSettings, useSandbox } from './sandbox.ts'
import { answering, makeService } from './service.ts'
import { variables } from './variables.ts'

const sandbox = useSandbox()
/** Nothing listens here. */
const nowhere = 'http://127.0.0.1:9'
const everywhereElse = {
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_ENDPOINT_URL: nowhere,
  AWS_ENDPOINT_URL_LAMBDA: nowhere,
  AWS_ENDPOINT_URL_STS: nowhere,
  AWS_ENDPOINT_URL_CLOUDWATCH: nowhere,
  AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: nowhere,
  AWS_ENDPOINT_URL_SSM: nowhere,
  AWS_ENDPOINT_URL_S3: nowhere,
  AWS_PROFILE: undefined,
}

/** A service whose file says where it is, deployed. */
async function placed(): Promise<{ place: Place; line: string; shell: (extra: NodeJS.ProcessEnv) => Place }> {
  const service = await makeService()
  await service.writeEnvironment(`endpoint: "${sandbox().url}"`)
  const shell = (extra: NodeJS.ProcessEnv) => ({
    cwd: service.folder,
    env: variables(service.folder, extra),
  })
  const place = shell({})
  await runTo(0, ['deploy', '-e', 'test'], place)
  return { place, shell, line: `test · eu-west-1 · 000000000000 · ${sandbox().url}\n` }
}

test('variables of AWS move nothing that the file has placed, and each command says first where it acts', async () => {
  const { shell, line } = await placed()
  const place = shell(everywhereElse)
  for (const args of [
    'status',
    'diff',
    'history',
    'deploy',
    'invoke hello',
    'rollback hello --to 1',
    'canary status hello',
    'concurrency show hello',
    'logs tail hello --no-follow',
    'logs requests hello',
  ]) {
    const { stdout, stderr } = await runTo(0, [...args.split(' '), '-e', 'test'], place)
    expect(stderr.startsWith(line), `${args}: ${stderr}`).toBe(true)
    expect(`${args}: ${stderr.slice(line.length)}`).not.toContain(' · ')
    expect(`${args}: ${stdout}`).not.toMatch(/not deployed|everything is new/)
  }
})

test('LAMBDACTL_* moves it, a flag moves it further, and both are said', async () => {
  const { shell } = await placed()
  const moved = { LAMBDACTL_REGION: 'us-east-1', LAMBDACTL_ENDPOINT_URL: sandbox().url }
  const there = await runTo(0, ['status', '-e', 'test'], shell(moved))
  expect(there.stdout).toContain('not deployed')
  expect(there.stderr).toBe(
    `test · us-east-1 · 000000000000 · ${sandbox().url} (Region from LAMBDACTL_REGION, endpoint from LAMBDACTL_ENDPOINT_URL)\n`,
  )
  const back = await runTo(0, ['status', '-e', 'test', '--region', 'eu-west-1'], shell(moved))
  expect(back.stdout).toContain('put version 1 at 100%')
  const elsewhere = await runTo(75, ['status', '-e', 'test'], shell({ LAMBDACTL_ENDPOINT_URL: nowhere }))
  expect(elsewhere.stderr).toContain(`test · eu-west-1 · ${nowhere} (endpoint from LAMBDACTL_ENDPOINT_URL)\n`)
  await runTo(
    0,
    ['status', '-e', 'test', '--endpoint-url', sandbox().url],
    shell({ LAMBDACTL_ENDPOINT_URL: nowhere }),
  )
})

test('what the file leaves out is filled in by variables of AWS, and that is said', async () => {
  const service = await makeService()
  const { cwd, env } = await sandbox().deployFirst(service)
  const { stdout, stderr } = await runTo(0, ['status', '-e', 'test'], { cwd, env })
  expect(stdout).toContain('put version 1 at 100%')
  expect(stderr).toBe(`test · eu-west-1 · 000000000000 · ${sandbox().url} (endpoint from AWS_ENDPOINT_URL)\n`)
})

test('--json has the place as a field, of an error as well, and a stream begins with it', async () => {
  const { place } = await placed()
  const expected = {
    environment: 'test',
    region: 'eu-west-1',
    account: '000000000000',
    endpoint: sandbox().url,
  }
  const json = async (args: string, exit = 0) => {
    const { exitCode, stdout, stderr } = await run([...args.split(' '), '--json'], place)
    expect({ exitCode, stderr }).toEqual({ exitCode: exit, stderr: '' })
    return JSON.parse(stdout) as unknown
  }
  expect(await json('status -e test')).toMatchObject({
    functions: [{ function: 'hello' }],
    place: expected,
  })
  expect(await json('concurrency show hello -e test')).toMatchObject({ place: expected })
  expect(await json('rollback hello -e test', 4)).toMatchObject({ error: {}, place: expected })
  const deployed = await runTo(0, ['deploy', '-e', 'test', '--json'], place)
  expect(eventsOf(deployed)[0]).toMatchObject({ event: 'place', ...expected })
  const tail = await runTo(0, ['logs', 'tail', 'hello', '-e', 'test', '--no-follow', '--json'], place)
  expect(eventsOf(tail)[0]).toMatchObject({ event: 'place', ...expected })
})

test('a protected environment without an account is warned of; with one, its account is said before it is checked', async () => {
  const service = await makeService()
  await service.writeEnvironment('protected: true')
  const place = sandbox().place(service)
  const open = await runTo(0, ['status', '-e', 'test'], place)
  expect(open.stderr).toMatch(
    /^test · .*\nwarning: environments\.test is protected and names no account.*"000000000000"/,
  )
  await service.writeEnvironment('protected: true, account: "123456789012"')
  const guarded = await runTo(3, ['status', '-e', 'test'], place)
  expect(guarded.stderr).toMatch(
    /^test · eu-west-1 · 123456789012 · .*\nError: The environment test is in the account/,
  )
})

test('an endpoint of the file is that of every service, whatever the variables of AWS say of each', async () => {
  const clients = clientSettings(sandbox().url)
  const [s3, ssm, secrets] = [
    new S3Client({ ...clients, forcePathStyle: true }),
    new SSMClient(clients),
    new SecretsManagerClient(clients),
  ]
  await s3.send(new CreateBucketCommand({ Bucket: 'packages' }))
  await ssm.send(new PutParameterCommand({ Name: '/table', Type: 'String', Value: 'orders' }))
  await secrets.send(new CreateSecretCommand({ Name: 'key', SecretString: 'sesame' }))
  const alarm = await sandbox().alarm('refused-anywhere')
  const service = await makeService()
  await service.writeRelease(`alarms: [${alarm}], bake: 0s`)
  await service.writeEnvironment(
    `endpoint: "${sandbox().url}", artifacts: {bucket: packages, always: true}, functions: {hello: {environment: {TABLE: "\${ssm:/table}", KEY: "\${secret:key}"}}}`,
  )
  const place = { cwd: service.folder, env: variables(service.folder, everywhereElse) }
  await runTo(0, ['deploy', '-e', 'test'], place)
  await service.writeHandler(answering('two'))
  await runTo(0, ['deploy', '-e', 'test'], place)
  expect((await runTo(0, ['history', '-e', 'test'], place)).stdout).toContain('2')
})

test("keys in the variables beat the file's profile, also beside AWS_PROFILE, and --profile beats them", async () => {
  const { shell } = await placed()
  const { cwd, env } = shell({ AWS_PROFILE: 'ambient' })
  const keys = {
    AWS_ACCESS_KEY_ID: env['AWS_ACCESS_KEY_ID'],
    AWS_SECRET_ACCESS_KEY: env['AWS_SECRET_ACCESS_KEY'],
  }
  const file = await readFile(join(cwd, 'lambdactl.yaml'), 'utf8')
  await writeFile(join(cwd, 'lambdactl.yaml'), file.replace('{region:', '{profile: of-file, region:'))
  const withKeys = await runTo(0, ['status', '-e', 'test'], { cwd, env })
  expect(withKeys.stderr).toMatch(/\(credentials from variables, not profile of-file\)\n$/)
  const byFlag = await runTo(3, ['status', '-e', 'test', '--profile', 'of-flag'], { cwd, env })
  expect(byFlag.stderr).toMatch(/^test · [^\n]* · profile of-flag\n/)
  const shared = join(cwd, 'credentials')
  await writeFile(
    shared,
    `[of-file]\naws_access_key_id=${keys.AWS_ACCESS_KEY_ID}\naws_secret_access_key=${keys.AWS_SECRET_ACCESS_KEY}\n`,
  )
  const none = {
    ...env,
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined,
    AWS_SHARED_CREDENTIALS_FILE: shared,
  }
  const byFile = await runTo(0, ['status', '-e', 'test'], { cwd, env: none })
  expect(byFile.stderr).toMatch(/ · profile of-file\n$/)
})

test("a container's credentials beat the file's profile, also beside a default profile and AWS_PROFILE", async () => {
  const container = createServer((_, response) => {
    response.end(
      JSON.stringify({
        AccessKeyId: 'test',
        SecretAccessKey: 'test',
        Token: 'a',
        Expiration: '2100-01-01T00:00:00Z',
      }),
    )
  })
  await new Promise<void>((resolve) => void container.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void container.close())
  const { port } = container.address() as AddressInfo
  const service = await makeService()
  await service.writeEnvironment(`profile: of-file, endpoint: "${sandbox().url}"`)
  const shared = join(service.folder, 'credentials')
  const wrong = 'aws_access_key_id = other\naws_secret_access_key = other\n'
  await writeFile(shared, ['default', 'of-file', 'ambient'].map((name) => `[${name}]\n${wrong}`).join(''))
  for (const profile of [undefined, 'ambient']) {
    const env = variables(service.folder, {
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      AWS_SHARED_CREDENTIALS_FILE: shared,
      AWS_PROFILE: profile,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${port}/`,
    })
    const { stderr } = await runTo(0, ['status', '-e', 'test'], { cwd: service.folder, env })
    expect(stderr).toContain('(credentials from variables, not profile of-file)')
  }
})

test("a profile's endpoint is its own, not that of the default profile", async () => {
  const service = await makeService()
  await service.writeEnvironment('profile: of-file')
  const config = join(service.folder, 'config')
  const place = { cwd: service.folder, env: variables(service.folder, { AWS_CONFIG_FILE: config }) }
  Object.assign(place.env, { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined })
  const keys = 'aws_access_key_id = test\naws_secret_access_key = test'
  await writeFile(
    config,
    `[default]\nendpoint_url = ${nowhere}\n[profile of-file]\n${keys}\nendpoint_url = ${sandbox().url}\n`,
  )
  const own = ` · profile of-file (endpoint from AWS's shared configuration)`
  const { stderr } = await runTo(0, ['status', '-e', 'test'], place)
  expect(stderr).toContain(` · ${sandbox().url}${own}`)
  // One that the variables give to another service changes nothing of that, and is said.
  for (const extra of [
    { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1' },
    { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false' },
  ]) {
    const beside = { ...place, env: { ...place.env, ...extra } }
    const there = await runTo(0, ['status', '-e', 'test'], beside)
    const s3 = extra.AWS_ENDPOINT_URL_S3 ? ` · S3 at ${extra.AWS_ENDPOINT_URL_S3}` : ''
    expect(there.stderr).toContain(` · ${sandbox().url}${s3}${own}`)
  }
  await writeFile(
    config,
    `[profile of-file]\n${keys}\nservices = local\nendpoint_url = ${nowhere}\n[services local]\nlambda =\n  endpoint_url = ${sandbox().url}\n`,
  )
  const apart = await runTo(0, ['status', '-e', 'test'], place)
  const others = services.filter((name) => name !== 'Lambda').join(', ')
  expect(apart.stderr).toContain(` · ${sandbox().url} · ${others} at ${nowhere}`)
  await writeFile(config, `[profile of-file]\n${keys}\nservices = local\n`)
  const missing = await runTo(2, ['status', '-e', 'test'], place)
  expect(missing.stderr).toContain('no [services local], which its profile of-file names')
})

test('an AWS_REGION that is empty is none', async () => {
  const service = await makeService()
  await service.writeEnvironment(`endpoint: "${sandbox().url}"`)
  const { cwd, env } = sandbox().place(service)
  const file = await readFile(join(cwd, 'lambdactl.yaml'), 'utf8')
  await writeFile(join(cwd, 'lambdactl.yaml'), file.replace('region: eu-west-1, ', ''))
  const config = join(cwd, 'config')
  await writeFile(config, '[default]\nregion = eu-north-1\n')
  const place = { cwd, env: { ...env, AWS_REGION: '', AWS_DEFAULT_REGION: '', AWS_CONFIG_FILE: config } }
  const { stderr } = await runTo(0, ['status', '-e', 'test'], place)
  expect(stderr).toMatch(/^test · eu-north-1 · /)
  await writeFile(config, '')
  const none = await runTo(2, ['status', '-e', 'test'], place)
  expect(none.stderr).toContain('Give the environment a region')
})

test('status asks for the account and for functions at once, and still tells the place first', async () => {
  const service = await makeService()
  await sandbox().deployFirst(service)
  const lambdaAsked = Promise.withResolvers<void>()
  const proxy = await startProxy(sandbox().url, async (_, message) => {
    const isOfAccount = operationOf(message) === 'GetCallerIdentity'
    if (isOfAccount) await lambdaAsked.promise
    else lambdaAsked.resolve()
    return 'passes' as const
  })
  const place = sandbox().place(service, { AWS_ENDPOINT_URL: proxy.url })
  const { stderr } = await runTo(0, ['status', '-e', 'test'], place)
  expect(stderr).toMatch(/^test · eu-west-1 · 000000000000 · /)
})
