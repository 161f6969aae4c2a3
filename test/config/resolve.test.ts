import { describe, expect, test } from 'vitest'
import { resolveFunction } from '../../src/config/resolve.ts'
import { locateEnvironment, locateFunction } from '../../src/config/service/locate.ts'
import { configFrom, failureOf } from './config-from.ts'
import { wholeEnvironment } from './whole-environment.ts'

const role = 'arn:aws:iam::123456789012:role/shop'

/** One function, `checkout`, and the environments sandbox and prod. */
function shop({ fields = '', prod = '' }: { fields?: string; prod?: string } = {}) {
  return configFrom(`service: shop
functions:
  checkout:
    source: functions/checkout
    runtime: nodejs24.x
    handler: index.handler
    ${fields}
environments:
  sandbox: {region: eu-west-1, endpoint: "http://127.0.0.1:4510", role: ${role}}
  prod:
    role: ${role}
    ${prod}
`)
}

describe('an environment', () => {
  test('fills the defaults in', () => {
    expect(wholeEnvironment(shop(), 'sandbox', {})).toMatchObject({
      name: 'sandbox',
      region: 'eu-west-1',
      endpoint: 'http://127.0.0.1:4510',
      alias: 'live',
      protected: false,
      functions: [
        {
          name: 'checkout',
          lambdaName: 'shop-checkout-sandbox',
          source: '/service/functions/checkout',
          runtime: 'nodejs24.x',
          handler: 'index.handler',
          bundle: true,
          role,
          memoryMb: 128,
          timeoutSeconds: 10,
          environment: {},
          architecture: 'x86_64',
          logFormat: 'text',
          description: '',
          release: {
            strategy: 'canary',
            steps: [{ percent: 10 }, { percent: 50 }],
            everyMs: 300_000,
            bakeMs: 600_000,
            alarms: [],
            smoke: [],
          },
        },
      ],
    })
  })

  test('lays the fields of the environment over those of the function, variables and release key by key', () => {
    const config = shop({
      fields:
        'memory: 256\n    environment: {TABLE: orders, LEVEL: debug}\n    release: {steps: [25], bake: 1m}',
      prod: 'alias: blue\n    account: "123456789012"\n    protected: true\n    profile: shop\n    functions: {checkout: {memory: 1024, environment: {LEVEL: warn}, release: {bake: 1h}}}',
    })
    const environment = wholeEnvironment(config, 'prod', {})
    expect(environment).toMatchObject({
      alias: 'blue',
      account: '123456789012',
      protected: true,
      profile: 'shop',
    })
    expect(environment.functions[0]).toMatchObject({
      memoryMb: 1024,
      environment: { TABLE: 'orders', LEVEL: 'warn' },
      release: { steps: [{ percent: 25 }], everyMs: 300_000, bakeMs: 3_600_000 },
    })
    expect(wholeEnvironment(config, 'sandbox', {}).functions[0]?.memoryMb).toBe(256)
  })

  test('has the provisioned concurrency of the function, or of the environment', () => {
    const config = shop({
      fields: 'provisionedConcurrency: 2',
      prod: 'functions: {checkout: {provisionedConcurrency: 50}}',
    })
    const amountIn = (name: string) => wholeEnvironment(config, name, {}).functions[0]?.provisionedConcurrency
    expect([amountIn('sandbox'), amountIn('prod')]).toEqual([2, 50])
    expect(() => shop({ fields: 'provisionedConcurrency: 0' })).toThrowError(
      /functions\.checkout\.provisionedConcurrency: expected a number from 1 to/,
    )
  })

  test('fills ${env}, ${function} and ${env:NAME} in, and leaves $${ a plain ${', () => {
    const config = shop({
      fields:
        'name: "${env}_${function}"\n    description: "by ${env:TEAM}"\n    environment: {TABLE: "o-${env}", EMPTY: "[${env:NONE}]", RAW: "$${env}", AS_IS: "$5 {x} ${env:TEAM}$"}\n    layers: ["arn:${env}"]\n    release: {alarms: ["errors-${env}"]}',
    })
    expect(wholeEnvironment(config, 'prod', { TEAM: 'pay', NONE: '' }).functions[0]).toMatchObject({
      lambdaName: 'prod_checkout',
      description: 'by pay',
      environment: { TABLE: 'o-prod', EMPTY: '[]', RAW: '${env}', AS_IS: '$5 {x} pay$' },
      layers: ['arn:prod'],
      release: { alarms: ['errors-prod'] },
    })
  })

  test('fills the source and the handler in, by which functions can share all their fields', () => {
    const config = configFrom(`service: shop
functions:
  pay: &each {source: "dist/\${function}", runtime: python3.13, handler: "\${function}.handler", requirements: "\${env}.txt"}
  refund: *each
environments:
  prod: {role: "arn:aws:iam::123456789012:role/shop"}
`)
    expect(wholeEnvironment(config, 'prod', {}).functions).toMatchObject([
      { source: '/service/dist/pay', handler: 'pay.handler', requirements: 'prod.txt' },
      { source: '/service/dist/refund', handler: 'refund.handler' },
    ])
  })

  test('refuses more variables than Lambda takes, by their names alone', () => {
    const fields = `environment: {SMALL: few, LARGE: "\${env:LARGE}"}`
    const resolved = (length: number) =>
      wholeEnvironment(shop({ fields }), 'prod', { LARGE: 'x'.repeat(length) })
    const frame = JSON.stringify({ SMALL: 'few', LARGE: '' }).length
    expect(resolved(4096 - frame).functions).toHaveLength(1)
    expect(failureOf(() => resolved(4097 - frame)).message).toBe(
      'lambdactl.yaml:7:18 functions.checkout.environment: expected at most 4096 bytes of JSON in all, got 4097. Largest: LARGE, SMALL.',
    )
  })

  test('names the place of a variable that is not set, in the overrides too', () => {
    const base = shop({ fields: 'environment: {TOKEN: "${env:SHOP_TOKEN}"}' })
    expect(failureOf(() => wholeEnvironment(base, 'prod', {}))).toMatchObject({
      code: 'CONFIG_INVALID',
      message:
        'lambdactl.yaml:7:26 functions.checkout.environment.TOKEN: the variable SHOP_TOKEN of ${env:SHOP_TOKEN} is not set.',
      next: [
        'Set SHOP_TOKEN in the environment that lambdactl runs in.',
        'Or give it a fallback: ${env:SHOP_TOKEN:-…}.',
      ],
    })
    const override = shop({ prod: 'functions: {checkout: {environment: {TOKEN: "${env:SHOP_TOKEN}"}}}' })
    expect(failureOf(() => wholeEnvironment(override, 'prod', {})).message).toMatch(
      /^lambdactl.yaml:12:49 environments.prod.functions.checkout.environment.TOKEN: /,
    )
    expect(wholeEnvironment(override, 'sandbox', {}).functions[0]?.environment).toEqual({})
  })

  test('fills in the Region and the account of the environment, and names a missing one', () => {
    const fields = 'description: "${region} ${account}"'
    const whole = shop({ fields, prod: 'region: us-east-1\n    account: "123456789012"' })
    expect(wholeEnvironment(whole, 'prod', {}).functions[0]?.description).toBe('us-east-1 123456789012')
    expect(failureOf(() => wholeEnvironment(whole, 'sandbox', {}))).toMatchObject({
      message:
        'lambdactl.yaml:7:18 functions.checkout.description: the environment sandbox has no account for ${account}.',
      next: ['Give it one: environments.sandbox.account.', 'Or give it a fallback: ${account:-…}.'],
    })
  })

  test('refuses a placeholder that it does not know', () => {
    expect(
      failureOf(() => wholeEnvironment(shop({ fields: 'description: "${stage}"' }), 'prod', {})),
    ).toMatchObject({
      message:
        'lambdactl.yaml:7:18 functions.checkout.description: expected ${env}, ${function}, ${service}, ${region}, ${account}, ${git.sha}, ${env:NAME}, ${ssm:NAME} or ${secret:NAME#KEY}, got ${stage}.',
      next: ['Write $${ for a literal ${.'],
    })
  })

  test('names the environments that there are', () => {
    expect(failureOf(() => wholeEnvironment(shop(), 'prdo', {}))).toMatchObject({
      code: 'NOT_FOUND',
      message: 'The service shop has no environment "prdo" (it has sandbox, prod).',
      next: ['Did you mean prod?'],
    })
    expect(failureOf(() => wholeEnvironment(shop(), 'toString', {})).code).toBe('NOT_FOUND')
  })

  test('wants a role, of the function or the environment', () => {
    const config = configFrom(
      'service: shop\nfunctions:\n  a: {source: a, runtime: python3.13, handler: a.b}\nenvironments: {prod: {}}\n',
    )
    expect(failureOf(() => wholeEnvironment(config, 'prod', {}))).toMatchObject({
      code: 'CONFIG_INVALID',
      message:
        "lambdactl.yaml:3:6 functions.a.role: expected the execution role's ARN, as in arn:aws:iam::123456789012:role/name, got nothing.",
      next: ['Give the function a role:, or all functions of prod one with environments.prod.role.'],
    })
    const wrong = shop({ prod: 'functions: {checkout: {role: admin}}' })
    expect(failureOf(() => wholeEnvironment(wrong, 'prod', {})).message).toMatch(
      /^lambdactl.yaml:12:34 environments.prod.functions.checkout.role: .*, got "admin"\.$/,
    )
  })

  test('packs a ready zip and other runtimes as they are', () => {
    const config = configFrom(`service: shop
functions:
  ready: {source: build/ready.zip, runtime: nodejs24.x, handler: index.handler}
  python: {source: python, runtime: python3.13, handler: index.handler}
  go: {source: go, runtime: provided.al2023}
environments: {prod: {role: "${role}"}}
`)
    const { functions } = wholeEnvironment(config, 'prod', {})
    expect(functions.map(({ bundle, handler }) => ({ bundle, handler }))).toEqual([
      { bundle: false, handler: 'index.handler' },
      { bundle: false, handler: 'index.handler' },
      { bundle: false, handler: 'bootstrap' },
    ])
  })
})

describe('locateEnvironment', () => {
  test('asks for no variable and no role that only a deploy needs', () => {
    const config = configFrom(`service: shop
functions:
  checkout: {source: a, runtime: nodejs24.x, handler: i.h, environment: {TOKEN: "\${env:TOKEN}"}}
environments: {prod: {region: eu-west-1}}
`)
    expect(locateEnvironment(config, 'prod', {})).toMatchObject({
      name: 'prod',
      region: 'eu-west-1',
      alias: 'live',
      protected: false,
      functions: [{ name: 'checkout', lambdaName: 'shop-checkout-prod' }],
    })
  })

  test('refuses a name that is too long for Lambda', () => {
    const long = 'x'.repeat(61)
    const config = shop({ fields: `name: "\${env}${long}"` })
    expect(failureOf(() => locateEnvironment(config, 'prod', {})).message).toBe(
      `lambdactl.yaml:7:11 functions.checkout.name: expected a name of at most 64 letters, digits, - and _, got "prod${long}" (65).`,
    )
  })

  test('refuses two functions with one name in Lambda', () => {
    const config = configFrom(`service: shop
functions:
  one: {source: a, runtime: nodejs24.x, handler: i.h, name: same}
  two: {source: b, runtime: nodejs24.x, handler: i.h, name: same}
environments: {prod: {}}
`)
    expect(failureOf(() => locateEnvironment(config, 'prod', {})).message).toBe(
      'lambdactl.yaml:4:61 functions.two.name: two and one both have the name same in Lambda.',
    )
  })
})

test('an unknown function is named with those that there are', () => {
  for (const find of [locateFunction, resolveFunction]) {
    expect(failureOf(() => find(shop(), 'prod', 'chekout'))).toMatchObject({
      code: 'NOT_FOUND',
      message: 'The service shop has no function "chekout" (it has checkout).',
      next: ['Did you mean checkout?'],
    })
  }
})

describe('release.steps', () => {
  const stepsOf = (steps: string) => {
    const { release } = resolveFunction(
      shop({ fields: `release: {steps: ${steps}}` }),
      'sandbox',
      'checkout',
      { variables: {} },
    )
    return { strategy: release.strategy, steps: release.steps }
  }

  test('may say of each step how long, after how many invocations, and that a person approves', () => {
    expect(stepsOf('[5, {weight: 25, for: 1h}, {weight: 50, invocations: 100, approval: true}]')).toEqual({
      strategy: 'canary',
      steps: [
        { percent: 5 },
        { percent: 25, holdMs: 3_600_000 },
        { percent: 50, invocations: 100, approval: true },
      ],
    })
  })

  test('may be linear', () => {
    expect(stepsOf('{linear: 40, for: 5m}')).toEqual({
      strategy: 'linear',
      steps: [
        { percent: 40, holdMs: 300_000 },
        { percent: 80, holdMs: 300_000 },
      ],
    })
  })
})
