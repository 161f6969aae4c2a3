import { expect, test } from 'vitest'
import type { FunctionSettings } from '../../src/function/settings/settings.ts'
import { packageFunction } from '../../src/packaging/package-function.ts'
import { diff } from '../../src/workflows/diff.ts'
import { releaseFunction } from '../../src/workflows/release-function.ts'
import { zipOf } from '../sandbox/lambda/zip.ts'
import { canary, deployed, service } from './service.ts'
import { target, type World, world } from './world.ts'

const { lambdaName } = target

/** Somebody changes $LATEST in the console: the settings, the code, or both. */
async function byHand(made: World, settings: Partial<FunctionSettings>, zip?: Uint8Array): Promise<void> {
  const ready = async () => {
    await made.clock.sleep(5000)
    return (await made.functions.get(lambdaName))?.revisionId ?? ''
  }
  made.functions.updateByHand(lambdaName, settings)
  if (zip) await made.functions.updateCode(lambdaName, { architecture: 'arm64' }, { zip }, await ready())
  await ready()
  made.calls.made.length = 0
}

function downloads(made: World): number {
  return made.calls.made.filter(({ name }) => name === 'functions.code').length
}

test('a function that is not there is new in all that it has, names of variables included', async () => {
  const made = world()
  await using here = await service()
  const found = await diff(made.run, target, here.fn)
  expect(found).toMatchObject({ state: 'missing', against: undefined, deploys: true, drift: undefined })
  expect(found.code).toEqual([{ path: 'app.py', change: 'added', from: undefined, to: 42 }])
  expect(found.configuration).toContainEqual({ field: 'memory', from: 0, to: 512 })
  expect(found.configuration).toContainEqual({ field: 'environment', name: 'TABLE', change: 'added' })
  expect(made.changes()).toEqual([])
})

test('right after a deploy nothing differs, and nothing is downloaded to see that', async () => {
  const made = world()
  await using here = await service()
  await deployed(made, here)
  expect(await diff(made.run, target, here.fn)).toEqual({
    function: 'checkout',
    lambdaName,
    alias: 'live',
    state: 'served',
    against: '1',
    weight: undefined,
    deploys: false,
    configuration: [],
    code: [],
    attachments: [],
    drift: undefined,
  })
  expect(downloads(made)).toBe(0)
})

test('what was changed here is against what the alias serves, sizes and names but no values', async () => {
  const made = world()
  await using here = await service()
  await deployed(made, here)
  await here.write('def handler(event, context):\n    return 12\n')
  const fn = { ...here.fn, memoryMb: 256, environment: { TOKEN: 'hush' }, description: 'new' }
  const found = await diff(made.run, target, fn)
  expect(found).toMatchObject({ state: 'served', against: '1', deploys: true, drift: undefined })
  expect(found.configuration).toEqual([
    { field: 'memory', from: 512, to: 256 },
    { field: 'environment', name: 'TABLE', change: 'removed' },
    { field: 'environment', name: 'TOKEN', change: 'added' },
    { field: 'description', from: '', to: 'new' },
  ])
  expect(found.code).toEqual([{ path: 'app.py', change: 'changed', from: 42, to: 43 }])
  expect(downloads(made)).toBe(1)
  expect(JSON.stringify(found)).not.toMatch(/hush|orders/)
  expect(made.changes()).toEqual([])
})

test('another configuration of the same code is seen without a download', async () => {
  const made = world()
  await using here = await service()
  await deployed(made, here)
  const found = await diff(made.run, target, { ...here.fn, timeoutSeconds: 20 })
  expect(found).toMatchObject({ configuration: [{ field: 'timeout', from: 10, to: 20 }], code: [] })
  expect(downloads(made)).toBe(0)
})

test('drift that nothing here undoes stays, since a deploy has nothing to do', async () => {
  const made = world()
  await using here = await service()
  await deployed(made, here)
  await byHand(made, { memoryMb: 1024 }, zipOf([{ name: 'hotfix.py', content: 'x' }]))
  expect(await diff(made.run, target, here.fn)).toMatchObject({
    deploys: false,
    configuration: [],
    code: [],
    drift: {
      since: '1',
      configuration: [{ field: 'memory', from: 512, to: 1024, overwritten: false }],
      code: [
        { path: 'app.py', change: 'removed', overwritten: false },
        { path: 'hotfix.py', change: 'added', overwritten: false },
      ],
    },
  })
  // The alias's version is known by its digest.
  expect(downloads(made)).toBe(1)
})

test('drift is marked where a deploy overwrites it, and not where it is what lies here by now', async () => {
  const made = world()
  await using here = await service()
  await deployed(made, here)
  await byHand(made, { memoryMb: 1024, timeoutSeconds: 30, environment: { TABLE: 'carts', DEBUG: '1' } })
  const environment = { TABLE: 'carts' }
  const { configuration, drift } = await diff(made.run, target, {
    ...here.fn,
    timeoutSeconds: 30,
    environment,
  })
  expect(configuration).toEqual([
    { field: 'timeout', from: 10, to: 30 },
    { field: 'environment', name: 'TABLE', change: 'changed' },
  ])
  expect(drift).toEqual({
    since: '1',
    configuration: [
      { field: 'memory', from: 512, to: 1024, overwritten: true },
      { field: 'timeout', from: 10, to: 30, overwritten: false },
      { field: 'environment', name: 'DEBUG', change: 'added', overwritten: true },
      { field: 'environment', name: 'TABLE', change: 'changed', overwritten: false },
    ],
    code: [],
    keep: { memory: 1024, environment: { DEBUG: '${env:DEBUG}' } },
  })
})

test('$LATEST that has the code of this folder already is not downloaded', async () => {
  const made = world()
  await using here = await service()
  await deployed(made, here)
  await here.write('def handler(event, context):\n    return 2\n')
  await byHand(made, {}, (await packageFunction(here.fn)).zip)
  const { code, drift } = await diff(made.run, target, here.fn)
  expect(code).toMatchObject([{ path: 'app.py', change: 'changed' }])
  expect(drift?.code).toMatchObject([{ path: 'app.py', change: 'changed', overwritten: false }])
  expect(downloads(made)).toBe(1)
})

test('without an alias the comparison is with $LATEST', async () => {
  const made = world()
  await using here = await service()
  await deployed(made, here)
  made.aliases.state.delete(lambdaName)
  expect(await diff(made.run, target, { ...here.fn, memoryMb: 1024 })).toMatchObject({
    state: 'no-alias',
    against: '$LATEST',
    deploys: true,
    configuration: [{ field: 'memory', from: 512, to: 1024 }],
    code: [],
  })
})

test('variables that can not be decrypted are not compared, and that is said', async () => {
  const made = world()
  await using here = await service()
  await deployed(made, here)
  for (const key of [lambdaName, `${lambdaName}:1`]) {
    const state = made.functions.state.get(key)
    if (!state) throw new Error('It is deployed.')
    const settings = { ...state.settings, environment: {} }
    made.functions.state.set(key, { ...state, settings, hiddenVariables: 'Access to KMS is denied.' })
  }
  await here.write('def handler(event, context):\n    return 12\n')
  const found = await diff(made.run, target, here.fn)
  expect(found).toMatchObject({ configuration: [], drift: undefined })
  expect(found.code).toHaveLength(1)
  expect(made.events.flatMap((each) => (each.event === 'warning' ? [each.text] : []))).toEqual([
    `The environment variables of ${lambdaName} can't be compared, since they can't be read: Access to KMS is denied.`,
  ])
})

/** A value of each setting that the service above does not have. */
const otherValues: Required<FunctionSettings> = {
  runtime: 'python3.13',
  handler: 'app.other',
  role: 'arn:aws:iam::123456789012:role/other',
  memoryMb: 1024,
  timeoutSeconds: 30,
  environment: { TABLE: 'orders', MORE: '1' },
  architecture: 'x86_64',
  logFormat: 'text',
  layers: ['arn:aws:lambda:eu-west-1:123456789012:layer:tools:1'],
  description: 'changed in the console',
  tracing: 'active',
  ephemeralStorageMb: 1024,
  snapStart: true,
  logLevels: { application: 'debug', system: 'info' },
  logGroup: '/shop/all',
  vpc: { subnets: ['subnet-1'], securityGroups: ['sg-1'], ipv6: false },
  deadLetter: 'arn:aws:sqs:eu-west-1:123456789012:dead',
  fileSystems: [{ arn: 'arn:aws:elasticfilesystem:eu-west-1:1:access-point/a', path: '/mnt/a' }],
  kmsKey: 'arn:aws:kms:eu-west-1:123456789012:key/a',
  sourceKmsKey: 'arn:aws:kms:eu-west-1:123456789012:key/b',
  durable: { timeoutSeconds: 60 },
  capacityProvider: { arn: 'arn:aws:lambda:eu-west-1:123456789012:capacity-provider:a' },
  tenancy: 'per-tenant',
  image: { command: ['app.other'], entryPoint: [], workingDirectory: '' },
}

test.each(Object.entries(otherValues))('%s that somebody changed by hand is drift', async (name, value) => {
  const made = world()
  await using here = await service()
  await deployed(made, here)
  const { settings } = (await made.functions.get(lambdaName)) ?? {}
  // An image is compared as what it is started with.
  if (name === 'image') made.functions.updateByHand(`${lambdaName}:1`, {})
  await byHand(made, { [name]: value })
  const { deploys, drift } = await diff(made.run, target, here.fn)
  expect(settings).not.toHaveProperty(name, value)
  expect(deploys).toBe(false)
  expect(drift?.configuration).toHaveLength(1)
})

test('a description that was changed both here and by hand is drift, from what lambdactl had left', async () => {
  const made = world()
  await using here = await service()
  made.alarms = { errors: [[0, 'OK']] }
  await releaseFunction(made.run, target, { ...here.fn, description: 'takes orders' }, canary)
  await byHand(made, { description: 'ask Ada first' })
  const fn = { ...here.fn, description: 'takes all orders' }
  const { configuration, drift } = await diff(made.run, target, fn)
  expect(configuration).toEqual([{ field: 'description', from: 'takes orders', to: 'takes all orders' }])
  expect(drift?.configuration).toEqual([
    { field: 'description', from: 'takes orders', to: 'ask Ada first', overwritten: true },
  ])
})

test('a description that was changed here alone is no drift, nor one that a release was about to give', async () => {
  const made = world()
  await using here = await service()
  made.alarms = { errors: [[0, 'OK']] }
  await releaseFunction(made.run, target, { ...here.fn, description: 'takes orders' }, canary)
  const fn = { ...here.fn, description: 'takes all orders' }
  expect(await diff(made.run, target, fn)).toMatchObject({ deploys: true, drift: undefined })
})
