import { expect, test } from 'vitest'
import { retentions } from '../../../src/config/function/logs.ts'
import { resolveFunction } from '../../../src/config/resolve.ts'
import { configFrom, failureOf } from '../config-from.ts'

const role = 'arn:aws:iam::123456789012:role/shop'

function shop(fields: string, override = '{}') {
  return configFrom(`service: shop
functions:
  checkout:
    source: functions/checkout
    ${fields}
environments:
  prod:
    role: ${role}
    functions:
      checkout: ${override.replaceAll('\n', '\n       ')}
`)
}

function resolved(fields: string, override?: string) {
  const {
    source: _,
    release: __,
    ...rest
  } = resolveFunction(shop(fields, override), 'prod', 'checkout', { variables: {} })
  return rest
}

const messageOf = (fields: string, override?: string) => failureOf(() => shop(fields, override)).message

const ours = `{name: c, description: d, runtime: nodejs24.x, handler: a.b, role: "${role}", memory: 512, timeout: 30s, environment: {TABLE: t},
  architecture: arm64, layers: ["\${service}"], tracing: active, ephemeralStorage: 600, snapStart: true,
  logs: {format: json, level: error, systemLevel: warn, group: g, retention: 7d},
  vpc: {subnets: [s], securityGroups: [g], ipv6: true}, deadLetter: q, fileSystems: [{arn: f, path: /mnt/f}, {arn: g, path: /mnt/g, directRead: disabled}], kmsKey: k,
  sourceKmsKey: p, codeSigning: cs, recursion: allow, runtimeUpdates: {on: manual, version: rv}, provisionedConcurrency: 4,
  tenancy: per-tenant, durable: {timeout: 2h, retention: 90d, kmsKey: dk},
  capacityProvider: {arn: cp, concurrency: 8, memoryPerCpu: 2.5},
  retries: 1, maximumAge: 2m, onSuccess: s, onFailure: f, tags: {a: b}, reservedConcurrency: 3,
  url: {auth: none, invokeMode: stream, cors: {origins: [o], methods: [GET], headers: [h], exposeHeaders: [e], maxAge: 1m, credentials: true}}}`

const theirs = `{FunctionName: c, Description: d, Runtime: nodejs24.x, Handler: a.b, Role: "${role}", MemorySize: 512, Timeout: 30,
  Environment: {Variables: {TABLE: t}}, Architectures: [arm64], Layers: ["\${service}"], TracingConfig: {Mode: Active},
  EphemeralStorage: {Size: 600}, SnapStart: {ApplyOn: PublishedVersions}, RetentionInDays: 7,
  LoggingConfig: {LogFormat: JSON, ApplicationLogLevel: ERROR, SystemLogLevel: WARN, LogGroup: g},
  VpcConfig: {SubnetIds: [s], SecurityGroupIds: [g], Ipv6AllowedForDualStack: true}, DeadLetterConfig: {TargetArn: q},
  FileSystemConfigs: [{Arn: f, LocalMountPath: /mnt/f, S3FilesConfig: {DirectS3Read: AUTO}},
    {Arn: g, LocalMountPath: /mnt/g, S3FilesConfig: {DirectS3Read: DISABLED}}], KMSKeyArn: k,
  SourceKMSKeyArn: p, CodeSigningConfigArn: cs, RecursiveLoop: Allow, ProvisionedConcurrentExecutions: 4,
  RuntimeManagementConfig: {UpdateRuntimeOn: Manual, RuntimeVersionArn: rv},
  TenancyConfig: {TenantIsolationMode: PER_TENANT},
  DurableConfig: {ExecutionTimeout: 7200, RetentionPeriodInDays: 90, KMSKeyArn: dk},
  CapacityProviderConfig: {LambdaManagedInstancesCapacityProviderConfig: {CapacityProviderArn: cp,
    PerExecutionEnvironmentMaxConcurrency: 8, ExecutionEnvironmentMemoryGiBPerVCpu: 2.5}}, MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 120,
  DestinationConfig: {OnSuccess: {Destination: s}, OnFailure: {Destination: f}}, Tags: {a: b}, ReservedConcurrentExecutions: 3,
  FunctionUrlConfig: {AuthType: NONE, InvokeMode: RESPONSE_STREAM, Cors: {AllowOrigins: [o], AllowMethods: [GET], AllowHeaders: [h],
  ExposeHeaders: [e], MaxAge: 60, AllowCredentials: true}}}`

test("every field has the same meaning by our name and by AWS's", () => {
  const plain = 'runtime: nodejs22.x\n    handler: x.y'
  const byOurs = resolved(plain, ours)
  expect(byOurs).toEqual(resolved(plain, theirs))
  expect(byOurs).toMatchObject({
    memoryMb: 512,
    timeoutSeconds: 30,
    logFormat: 'json',
    versioned: { logLevels: { application: 'error', system: 'warn' }, logGroup: 'g', snapStart: true },
    attachments: { retention: { logGroup: 'g', days: 7 }, reservedConcurrency: 3 },
  })
  expect(byOurs.versioned).toMatchObject({
    durable: { timeoutSeconds: 7200, retentionDays: 90, kmsKey: 'dk' },
    capacityProvider: { arn: 'cp', concurrency: 8, memoryGibPerCpu: 2.5 },
    tenancy: 'per-tenant',
    sourceKmsKey: 'p',
  })
  expect(resolved(plain, theirs.replace('SourceKMSKeyArn: p', 'Code: {SourceKMSKeyArn: p}'))).toEqual(byOurs)
})

const image = `000000000000.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:${'b'.repeat(64)}`

test("an image's settings go by AWS's names too, also over a URI that is given as a text", () => {
  const imageOf = (fields: string, override = '{}') => {
    const text = `service: shop
functions: {checkout: ${fields}}
environments: {prod: {role: "${role}", functions: {checkout: ${override}}}}
`
    return resolveFunction(configFrom(text), 'prod', 'checkout', { variables: {} }).image
  }
  const started = { uri: image, command: ['a.b'], entryPoint: ['/sh'], workingDirectory: '/app' }
  const imageConfig = 'ImageConfig: {Command: [a.b], EntryPoint: [/sh], WorkingDirectory: /app}'
  expect(imageOf(`{Code: {ImageUri: "${image}"}, ${imageConfig}}`)).toEqual(started)
  expect(imageOf(`{image: "${image}", ${imageConfig}}`)).toEqual(started)
  expect(imageOf(`{image: "${image}"}`, `{${imageConfig}}`)).toEqual(started)
  expect(failureOf(() => imageOf(`{image: "${image}", Code: {ImageUri: "${image}"}}`)).message).toContain(
    'this is the same field as image.uri.',
  )
  expect(failureOf(() => imageOf(`{image: {uri: "${image}"}, sourceKmsKey: k}`)).message).toContain(
    "sourceKmsKey: it can't be used with image",
  )
  expect(
    failureOf(() => imageOf(`{runtime: python3.13, handler: a.b, source: x, ${imageConfig}}`)).message,
  ).toContain("checkout.image: expected an image's URI with its digest, got nothing.")
})

test.each([
  [
    'memory: 10241',
    '5:13 functions.checkout.memory: expected 10240 at most without a capacityProvider, got 10241.',
  ],
  [
    'durable: {retention: 1d}',
    '5:14 functions.checkout.durable: expected a timeout for whole executions, as in timeout: 24h, got nothing.',
  ],
  [
    'capacityProvider: {concurrency: 2}',
    "5:23 functions.checkout.capacityProvider: expected the capacity provider's arn, got nothing.",
  ],
  [
    'runtimeUpdates: {on: manual}',
    "5:21 functions.checkout.runtimeUpdates: expected version, a runtime version's ARN, with on: manual and only there, got none with manual.",
  ],
])('%s lacks what belongs to it, which an environment may have', (fields, expected) => {
  const failure = failureOf(() => resolved(`${fields}\n    runtime: python3.13\n    handler: a.b`))
  expect(failure.message).toBe(`lambdactl.yaml:${expected}`)
})

test('managed instances may have more memory, and log as JSON', () => {
  const fields = 'capacityProvider: {arn: cp}\n    memory: 32768\n    runtime: python3.13\n    handler: a.b'
  expect(resolved(fields)).toMatchObject({ memoryMb: 32_768, logFormat: 'json' })
})

test("an environment lays a field over whichever name the function's has", () => {
  const config =
    'Runtime: nodejs24.x\n    Handler: a.b\n    MemorySize: 256\n    VpcConfig: {SubnetIds: [one]}'
  expect(resolved(config)).toMatchObject({ memoryMb: 256, runtime: 'nodejs24.x' })
  expect(resolved(config, '{memory: 512, vpc: {securityGroups: [sg]}}')).toMatchObject({
    memoryMb: 512,
    versioned: { vpc: { subnets: ['one'], securityGroups: ['sg'], ipv6: false } },
  })
  expect(resolved(config, '{vpc: null}').versioned).toEqual({
    vpc: { subnets: [], securityGroups: [], ipv6: false },
  })
})

test.each([
  [
    'memory: 256\n    MemorySize: 256',
    '6:5 functions.checkout.MemorySize: this is the same field as memory.',
  ],
  [
    'logFormat: json\n    logs: {format: json}',
    '5:5 functions.checkout.logFormat: this is the same field as logs.format.',
  ],
  [
    'logFormat: json\n    LoggingConfig: {LogFormat: JSON}',
    '6:21 functions.checkout.LoggingConfig.LogFormat: this is the same field as logFormat.',
  ],
  [
    'vpc: null\n    VpcConfig: {SubnetIds: [one]}',
    '6:17 functions.checkout.VpcConfig.SubnetIds: this is the same field as vpc.subnets.',
  ],
])('a field that is given twice is named by both names: %s', (fields, expected) => {
  expect(messageOf(`${fields}\n    runtime: python3.13\n    handler: a.b`)).toBe(
    `lambdactl.yaml:${expected} Expected one of the two, got both.`,
  )
})

test.each([
  ['MemorySize: 64', '5:17 functions.checkout.MemorySize: expected a number from 128 to 10240, got 64.'],
  ['Timeout: 10s', '5:14 functions.checkout.Timeout: expected a number from 1 to 900, got "10s".'],
  [
    'TracingConfig: {Mode: active}',
    '5:27 functions.checkout.TracingConfig.Mode: expected one of Active, PassThrough, got "active".',
  ],
  ['MemorySze: 128', '5:5 functions.checkout.MemorySze: there is no such field. Did you mean MemorySize?'],
  [
    'logs: {retention: 31d}',
    `5:23 functions.checkout.logs.retention: expected never, or one of ${retentions.map((days) => `${days}d`).join(', ')}, got "31d".`,
  ],
  [
    'durable: {retention: 91d}',
    '5:26 functions.checkout.durable.retention: expected days from 1d to 90d, got "91d".',
  ],
  ['tenancy: shared', '5:14 functions.checkout.tenancy: expected one of none, per-tenant, got "shared".'],
  ['url: {auth: public}', '5:17 functions.checkout.url.auth: expected one of iam, none, got "public".'],
  [
    'maximumAge: 30s',
    '5:17 functions.checkout.maximumAge: expected a duration from 1m to 6h, as in 10s or 5m, got "30s".',
  ],
  [
    'Environment: {Variables: {PIN: 4711}}',
    '5:36 functions.checkout.Environment.Variables.PIN: expected text in quotes, got a number.',
  ],
  ['retries: 3', '5:14 functions.checkout.retries: expected a number from 0 to 2, got 3.'],
  ['vpc: {subnet: [a]}', '5:11 functions.checkout.vpc.subnet: there is no such field. Did you mean subnets?'],
])('%s is refused with its place', (fields, expected) => {
  expect(messageOf(`${fields}\n    runtime: python3.13\n    handler: a.b`)).toBe(`lambdactl.yaml:${expected}`)
})

test('a runtime is required by one of its names', () => {
  expect(messageOf('handler: a.b')).toBe(
    'lambdactl.yaml:4:5 functions.checkout.runtime: expected a Lambda runtime, as in nodejs24.x or python3.13, got nothing.',
  )
})

test('levels of lines need the format json, and the place is where the level is written', () => {
  const failure = failureOf(() =>
    resolved('runtime: python3.13\n    handler: a.b\n    LoggingConfig: {ApplicationLogLevel: DEBUG}'),
  )
  expect(failure.message).toBe(
    'lambdactl.yaml:7:42 functions.checkout.LoggingConfig.ApplicationLogLevel: expected info, since lines have levels only with logs.format json, got debug.',
  )
})

test('a field that resembles none is told those by our names, and not those by AWS’s too', () => {
  const message = messageOf('trafficShaping: 10')
  expect(message).toContain('Expected one of source, runtime, handler')
  expect(message).not.toContain('MemorySize')
  expect(messageOf('TracingConfig: {Sampling: 1}')).toContain('Expected one of Mode.')
})
