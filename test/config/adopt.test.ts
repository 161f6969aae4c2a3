import { describe, expect, test } from 'vitest'
import type { Adoptee } from '../../src/config/adopt/adoptee.ts'
import { adoptInto } from '../../src/config/adopt.ts'
import { resolveFunction } from '../../src/config/resolve.ts'
import { configFrom, failureOf } from './config-from.ts'

const adoptee = {
  lambdaName: 'shop-checkout-prod',
  region: 'eu-west-1',
  account: '123456789012',
  alias: 'live',
  role: 'arn:aws:iam::123456789012:role/shop',
  isZip: false,
  fields: { runtime: 'python3.13', handler: 'app.handler' },
}

function adopt(text?: string, change: Partial<Adoptee> = {}, environment = 'prod') {
  const existing = text === undefined ? undefined : { text, config: configFrom(text) }
  const service = {
    path: '/service/lambdactl.yaml',
    shownAs: 'lambdactl.yaml',
    existing,
    environment,
    endpoint: undefined,
  }
  const folderName = '_My shop'
  const { names, text: written } = adoptInto({ ...service, folderName }, [{ ...adoptee, ...change }])
  return { name: names[0]?.name ?? '', text: written, config: configFrom(written) }
}

const shop = (environments: string) => `service: shop
functions:
  old: {source: old, runtime: python3.13, handler: app.handler}
environments: ${environments}
`

describe('a function is called so that it has its name in Lambda', () => {
  test.each([
    ['shop-checkout-prod', 'shop', 'checkout', undefined],
    ['shop-check-out-prod', 'shop', 'check-out', undefined],
    ['prod-checkout', '-My-shop', 'prod-checkout', '${env}-checkout'],
    ['checkout', 'My-shop', 'checkout', 'checkout'],
    ['_x', 'My-shop', 'x', '_x'],
  ])('%s', (lambdaName, service, name, template) => {
    const { config, ...adopted } = adopt(undefined, { lambdaName })
    expect(adopted.name).toBe(name)
    expect(config.service).toBe(service.replace(/^-/, ''))
    expect(config.functions[name]?.name).toBe(template)
    expect(resolveFunction(config, 'prod', name, { variables: {} }).lambdaName).toBe(lambdaName)
  })

  test('and in no other environment by a name that is the same everywhere', () => {
    const { config } = adopt(shop('{dev: {}}'), { lambdaName: 'legacy' })
    expect(config.functions['legacy']?.name).toBeUndefined()
    expect(resolveFunction(config, 'prod', 'legacy', { variables: {} }).lambdaName).toBe('legacy')
    expect(Object.keys(config.environments)).toEqual(['dev', 'prod'])
  })
})

test('functions whose names in the file clash keep their names in Lambda', () => {
  const service = { path: '/s/lambdactl.yaml', shownAs: 'lambdactl.yaml', existing: undefined }
  const place = { ...service, environment: 'prod', endpoint: undefined, folderName: 'shop' }
  const lambdaNames = ['shop-dev-Pay-7Yj3Kq', 'shop-Pay-prod']
  const { text } = adoptInto(
    place,
    lambdaNames.map((lambdaName) => ({ ...adoptee, lambdaName, logicalId: 'Pay' })),
  )
  const config = configFrom(text)
  const resolved = Object.keys(config.functions).map(
    (name) => resolveFunction(config, 'prod', name, { variables: {} }).lambdaName,
  )
  expect(resolved).toEqual(lambdaNames)
})

test('a new environment has all that it takes to find the function', () => {
  expect(adopt(shop('{dev: {}}')).config.environments['prod']).toEqual({
    region: 'eu-west-1',
    account: '123456789012',
    alias: 'live',
    role: 'arn:aws:iam::123456789012:role/shop',
  })
})

test('a role that is not the environment’s is the function’s own', () => {
  const { role } = adoptee
  const own = `{prod: {region: eu-west-1, role: "${role}"}}`
  expect(adopt(shop(own)).config.functions['checkout']?.role).toBeUndefined()
  expect(adopt(shop('{prod: {}}')).config.functions['checkout']?.role).toBe(role)
})

test('the rest of the file stays as it is, indented and spaced as it was', () => {
  const before = `service: shop # ours
functions:
    # first
    old: { source: old, runtime: python3.13, handler: app.handler }
environments:
    prod: { region: eu-west-1 } # last
`
  const after = adopt(before).text.split('\n')
  expect(before.split('\n').filter((line) => !after.includes(line))).toEqual([])
  expect(after).toContain('    checkout:')
  expect(after).toContain('        runtime: python3.13')
  const ofWindows = before.replaceAll('\n', '\r\n')
  expect(adopt(ofWindows).text).toBe(adopt(before).text.replaceAll('\n', '\r\n'))
})

test.each([
  [
    'is there already',
    shop('{prod: {}}'),
    { lambdaName: 'shop-old-prod' },
    'PATH_TAKEN',
    'already has a function old',
  ],
  [
    'is false in the environment',
    shop('{prod: {functions: {old: false}}}'),
    { lambdaName: 'shop-old-prod' },
    'PATH_TAKEN',
    'old is false in prod, and shop-old-prod is there.',
  ],
  ['is of another Region', shop('{prod: {region: us-east-1}}'), {}, 'USAGE', 'has the Region us-east-1'],
  [
    'is of another account',
    shop('{prod: {account: "999999999999"}}'),
    {},
    'USAGE',
    'has the account 999999999999',
  ],
  [
    "is another tool's beside an environment of own functions",
    shop('{dev: {manages: function}}'),
    { manages: 'code' as const, fields: {} },
    'USAGE',
    'The environment dev of lambdactl.yaml has manages: function for all its functions, and checkout is made',
  ],
  [
    'has a runtime that can not be written',
    undefined,
    { fields: { runtime: 'go1.x', handler: 'main' } },
    'CONFIG_INVALID',
    'lambdactl.yaml, as init would write it:',
  ],
])('a function that %s is refused', (_what, text, change, code, message) => {
  const error = failureOf(() => adopt(text, change))
  expect(error.code).toBe(code)
  expect(error.message).toContain(message)
})

describe('the defaults of the file', () => {
  const withDefaults = (defaults: string) => `defaults: ${defaults}\n${shop('{prod: {region: eu-west-1}}')}`

  test('refuse a function that they would change, by the names of the fields', () => {
    const text = withDefaults('{memory: 512, environment: {LEVEL: warn}, handler: other.handler}')
    expect(failureOf(() => adopt(text)).message).toBe(
      'The defaults of lambdactl.yaml would change the function checkout: memory, environment.',
    )
  })

  test('are beaten by what it has, its role included', () => {
    const { config } = adopt(
      withDefaults('{handler: other.handler, role: "arn:aws:iam::123456789012:role/other"}'),
    )
    const { handler, role } = resolveFunction(config, 'prod', 'checkout', { variables: {} })
    expect([handler, role]).toEqual(['app.handler', 'arn:aws:iam::123456789012:role/shop'])
  })
})

test("another tool's function is added beside an environment of a service's own functions", () => {
  const beside = { manages: 'code' as const, lambdaName: 'stack-Pay-7Yj3kQ9z', fields: {} }
  const { config } = adopt(shop('{sandbox: {}}'), beside)
  expect(config.functions['stack-Pay-7Yj3kQ9z']).toEqual({ manages: 'code' })
  expect(config.environments['prod']).toMatchObject({ manages: 'code' })
})

describe("a new environment of another tool's functions", () => {
  const text = `service: shop
functions:
  Pay: {name: shop-dev-Pay-7Yj3Kq, source: cdk.out#Dev/Pay, build: [make]}
  mail: {source: "out/\${env}", build: [make, "\${env}"]}
  built: {source: out/built, build: [make, dev]}
  report: {source: out/report}
environments: {dev: {manages: code}}
`
  const inProd = (lambdaName: string, source: string, build = ['make']) => {
    const service = { path: '/s/lambdactl.yaml', shownAs: 'lambdactl.yaml', environment: 'prod' }
    const place = { endpoint: undefined, folderName: 'shop', skipsKnown: true }
    const existing = { text, config: configFrom(text) }
    const fields = { bundle: false }
    const code = { manages: 'code' as const, logicalId: 'Pay', build }
    const found = { ...adoptee, ...code, fields, lambdaName, source }
    return configFrom(adoptInto({ ...service, ...place, existing }, [found]).text).environments['prod']
      ?.functions
  }

  test('has its own source, and what packages it, where they differ', () => {
    const own = { source: 'cdk.out#Prod/Pay', bundle: false }
    expect(inProd('shop-prod-Pay-8Zk4Lr', own.source)).toEqual({
      Pay: { name: 'shop-prod-Pay-8Zk4Lr', ...own },
    })
    expect(inProd('shop-report-prod', 'out/prod')).toEqual({
      report: { source: 'out/prod', bundle: false, build: ['make'] },
    })
  })

  test('has the source of the file where it is the same', () => {
    expect(inProd('shop-prod-Pay-8Zk4Lr', 'cdk.out#Dev/Pay')).toEqual({
      Pay: { name: 'shop-prod-Pay-8Zk4Lr' },
    })
    expect(inProd('shop-mail-prod', 'out/prod', ['make', 'prod'])).toBeUndefined()
    expect(inProd('shop-report-prod', 'out/report', ['make', 'prod'])).toBeUndefined()
  })

  test('has its own command for the same source', () => {
    expect(inProd('shop-built-prod', 'out/built', ['make', 'prod'])).toEqual({
      built: { build: ['make', 'prod'] },
    })
  })
})

test('an environment that shares its lines with another one by an alias is refused, if both would change', () => {
  const text = shop('\n  prod: &prod {region: eu-west-1}\n  stage: *prod')
  const change = { lambdaName: 'shop-Pay-7Yj3Kq', logicalId: 'Pay', manages: 'code' as const }
  expect(failureOf(() => adopt(text, change))).toMatchObject({
    code: 'USAGE',
    message: expect.stringContaining('stage of lambdactl.yaml shares its lines with prod') as string,
  })
})
