import { describe, expect, test } from 'vitest'
import { configFrom, failureOf } from './config-from.ts'

const checkout = `service: shop
functions:
  checkout:
    source: functions/checkout
    runtime: nodejs24.x
    handler: index.handler
`
const environments = `environments:
  sandbox: {region: eu-west-1}
`

function withField(line: string): string {
  return `${checkout}    ${line}\n${environments}`
}

function withEnvironment(line: string): string {
  return `${checkout}environments:\n  prod:\n    ${line}\n`
}

function messageOf(text: string): string {
  const failure = failureOf(() => configFrom(text))
  expect(failure.code).toBe('CONFIG_INVALID')
  return failure.message
}

describe('a valid configuration', () => {
  test('is read with durations in milliseconds and without defaults', () => {
    const config = configFrom(withField('release: {steps: [1, 99.5], every: 1h30m, bake: 0s}'))
    expect(config.functions['checkout']).toEqual({
      source: 'functions/checkout',
      runtime: 'nodejs24.x',
      handler: 'index.handler',
      release: { steps: [1, 99.5], every: 5_400_000, bake: 0 },
    })
    expect(config.directory).toBe('/service')
  })

  test('may leave the handler of a provided runtime out', () => {
    const text = `service: shop\nfunctions: {go: {source: build, runtime: provided.al2023}}\n${environments}`
    expect(configFrom(text).functions['go']?.handler).toBeUndefined()
  })

  test('knows the place of each field', () => {
    const config = configFrom(withField('layers: ["${env:A}", "${env:B}"]'))
    expect(config.place(['functions', 'checkout', 'layers', 1])).toBe(
      'lambdactl.yaml:7:26 functions.checkout.layers[1]',
    )
  })

  test('may share fields by an anchor', () => {
    const config = configFrom(`service: shop
functions:
  one: &shared {source: a, runtime: nodejs24.x, handler: index.handler}
  two: *shared
environments: {}
`)
    expect(config.functions['two']).toEqual(config.functions['one'])
  })

  test('may share fields by a merge key, and have others of its own', () => {
    const config = configFrom(`service: shop
functions:
  one: &shared {source: a, runtime: nodejs24.x, handler: index.handler, memory: 256}
  two: {<<: *shared, memory: 512}
environments: {}
`)
    expect(config.functions['two']).toEqual({ ...config.functions['one'], memory: 512 })
  })
})

describe('a field that is wrong is named with its place, what was expected and what is there', () => {
  test.each([
    ['memory: lots', '7:13 functions.checkout.memory: expected a number from 128 to 10240, got "lots".'],
    ['memory: 127', '7:13 functions.checkout.memory: expected a number from 128 to 10240, got 127.'],
    [
      'memory: 32769',
      '7:13 functions.checkout.memory: expected a number from 128 to 10240, on managed instances to 32768, got 32769.',
    ],
    ['memory: 512.5', '7:13 functions.checkout.memory: expected a number from 128 to 10240, got 512.5.'],
    ['memory:', '7:12 functions.checkout.memory: expected a number from 128 to 10240, got nothing.'],
    ['memroy: 512', '7:5 functions.checkout.memroy: there is no such field. Did you mean memory?'],
    [
      'timeout: 10',
      '7:14 functions.checkout.timeout: expected a duration from 1s to 15m, as in 10s or 5m, got 10.',
    ],
    [
      'timeout: 16m',
      '7:14 functions.checkout.timeout: expected a duration from 1s to 15m, as in 10s or 5m, got "16m".',
    ],
    [
      'timeout: 999ms',
      '7:14 functions.checkout.timeout: expected a duration from 1s to 15m, as in 10s or 5m, got "999ms".',
    ],
    [
      'timeout: 1500ms',
      '7:14 functions.checkout.timeout: expected a duration of whole seconds, got "1500ms".',
    ],
    ['bundle: "yes"', '7:13 functions.checkout.bundle: expected true, false or a map, got "yes".'],
    ['architecture: arm', '7:19 functions.checkout.architecture: expected one of x86_64, arm64, got "arm".'],
    ['logFormat: [json]', '7:16 functions.checkout.logFormat: expected one of text, json, got a list.'],
    ['environment: none', '7:18 functions.checkout.environment: expected a map, got "none".'],
    [
      'environment: {A-B: x}',
      '7:19 functions.checkout.environment.A-B: expected a name of letters, digits and _, two at least, that Lambda does not set itself, got "A-B".',
    ],
    [
      'layers: ["arn:aws:lambda:eu-west-1:123456789012:layer:pad"]',
      '7:14 functions.checkout.layers[0]: expected a layer version\'s ARN, as in arn:aws:lambda:eu-west-1:123456789012:layer:name:1, got "arn:aws:lambda:eu-west-1:123456789012:layer:pad".',
    ],
    ['layers: arn', '7:13 functions.checkout.layers: expected a list, got "arn".'],
    ['layers: [a, b, c, d, e, f]', '7:13 functions.checkout.layers: expected at most 5 layers, got a list.'],
    [
      'release: {steps: [50, 10]}',
      '7:22 functions.checkout.release.steps: expected rising percentages above 0 and below 100 (lambdactl adds 100 itself), got a list.',
    ],
    [
      'release: {steps: [10, 100]}',
      '7:27 functions.checkout.release.steps[1]: expected rising percentages above 0 and below 100 (lambdactl adds 100 itself), got 100.',
    ],
    [
      'release: {every: 5 minutes}',
      '7:22 functions.checkout.release.every: expected a duration, as in 10s or 5m, got "5 minutes".',
    ],
    [
      'release: {alarms: [1]}',
      "7:24 functions.checkout.release.alarms[0]: expected an alarm's name, its ARN, or {prefix: …}, got 1.",
    ],
    [
      'release: {smoke: {}}',
      '7:22 functions.checkout.release.smoke.event: expected a file of JSON or the event itself, got nothing.',
    ],
    [
      'release: {smoke: {event: &e [*e]}}',
      '7:33 functions.checkout.release.smoke.event: expected a file of JSON or the event itself, got a list.',
    ],
    [
      'release: {steps: [10, {weight: 5}]}',
      '7:22 functions.checkout.release.steps: expected rising percentages above 0 and below 100 (lambdactl adds 100 itself), got a list.',
    ],
    [
      'release: {steps: [{weight: 10, aproval: true}]}',
      '7:36 functions.checkout.release.steps[0].aproval: there is no such field. Did you mean approval?',
    ],
    [
      'release: {steps: {linear: 60}}',
      '7:31 functions.checkout.release.steps.linear: expected a percentage from 1 to 50, got 60.',
    ],
    [
      'release: {steps: 10}',
      '7:22 functions.checkout.release.steps: expected a list of steps, or linear and a percentage, got 10.',
    ],
    [
      'release: {steps: [ten]}',
      '7:23 functions.checkout.release.steps[0]: expected a percentage, or a map with a weight, got "ten".',
    ],
    [
      'release: {strategy: canary}',
      '7:15 functions.checkout.release.strategy: there is no such field. Expected one of steps, every, bake, alarms, insufficientData, compare, smoke, hooks.',
    ],
    [
      'environment: {AWS_REGION: x}',
      '7:19 functions.checkout.environment.AWS_REGION: expected a name of letters, digits and _, two at least, that Lambda does not set itself, got "AWS_REGION".',
    ],
  ])('%s', (line, message) => {
    expect(messageOf(withField(line))).toBe(`lambdactl.yaml:${message}`)
  })

  test.each([
    [
      'account: 012345678901',
      '9:14 environments.prod.account: expected 12 digits in quotes, got 12345678901.',
    ],
    [
      'region: Ireland',
      '9:13 environments.prod.region: expected an AWS Region, as in eu-west-1, got "Ireland".',
    ],
    [
      'endpoint: localhost',
      '9:15 environments.prod.endpoint: expected an http or https address, got "localhost".',
    ],
    [
      'endpoint: "file:///x"',
      '9:15 environments.prod.endpoint: expected an http or https address, got "file:///x".',
    ],
    [
      'alias: "12"',
      '9:12 environments.prod.alias: expected a name of letters, digits, - and _, not only digits, got "12".',
    ],
    [
      'functions: {chekcout: {memory: 512}}',
      '9:17 environments.prod.functions.chekcout: there is no such function. Did you mean checkout?',
    ],
    [
      'functions: {checkout: {memory: 1}}',
      '9:36 environments.prod.functions.checkout.memory: expected a number from 128 to 10240, got 1.',
    ],
    [
      'functions: {checkout: {memroy: 512}}',
      '9:28 environments.prod.functions.checkout.memroy: there is no such field. Did you mean memory?',
    ],
  ])('%s', (line, message) => {
    expect(messageOf(withEnvironment(line))).toBe(`lambdactl.yaml:${message}`)
  })

  test.each([
    ['', '1:1: expected a map, got nothing.'],
    ['- a', '1:1: expected a map, got a list.'],
    [
      `${checkout}${environments}stages: {}`,
      '9:1 stages: there is no such field. Expected one of service, defaults, functions, artifacts, environments.',
    ],
    [
      checkout.replace('shop', 'my shop') + environments,
      '1:10 service: expected a name of letters, digits, - and _, got "my shop".',
    ],
    [
      checkout.replace('  checkout', '  check out') + environments,
      '3:3 functions.check out: expected a name of letters, digits, - and _, got "check out".',
    ],
    [
      checkout.replace('    handler: index.handler\n', '') + environments,
      "4:5 functions.checkout.handler: expected the handler's module and export, as in index.handler, got nothing.",
    ],
    [
      checkout.replace('nodejs24.x', 'node24') + environments,
      '5:14 functions.checkout.runtime: expected a Lambda runtime, as in nodejs24.x or python3.13, got "node24".',
    ],
    [
      `${checkout.replace('nodejs24.x', 'python3.13')}    bundle: true\n${environments}`,
      '7:13 functions.checkout.bundle: expected false, since only Node runtimes are bundled and the runtime is python3.13, got true.',
    ],
  ])('%j', (text, message) => {
    expect(messageOf(text)).toBe(`lambdactl.yaml:${message}`)
  })

  test('a wrong value of an environment variable is not shown, since it may be a secret', () => {
    expect(messageOf(withField('environment: {PIN_CODE: 4711}'))).toBe(
      'lambdactl.yaml:7:29 functions.checkout.environment.PIN_CODE: expected text in quotes, got a number.',
    )
  })

  test('every problem has a line of its own, in the order of the file', () => {
    const text = withField('memory: 1\n    timeout: 1h\n    handlr: index').replace('nodejs24.x', 'node')
    expect(
      messageOf(text)
        .split('\n')
        .map((line) => line.split(' ')[1]),
    ).toEqual([
      'functions.checkout.runtime:',
      'functions.checkout.memory:',
      'functions.checkout.timeout:',
      'functions.checkout.handlr:',
    ])
  })

  test('an inherited name is a name like any other', () => {
    expect(messageOf(`${checkout}${environments}__proto__: {}`)).toBe(
      'lambdactl.yaml:9:1 __proto__: there is no such field. Expected one of service, defaults, functions, artifacts, environments.',
    )
    expect(messageOf(withEnvironment('functions: {toString: {memory: 512}}'))).toContain(
      'there is no such function',
    )
  })
})

/** A list of ten aliases, as a field and an anchor of its own. */
function tenfold(name: string, of: string): string {
  return `${name}: &${name} [${Array(10).fill(`*${of}`).join(', ')}]`
}

describe('text that is no good YAML', () => {
  test.each([
    [
      'service: [a\n',
      'lambdactl.yaml:2:1 Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['service: a\nservice: b\n', 'lambdactl.yaml:2:1 Map keys must be unique'],
    ['service: !Ref name\n', 'lambdactl.yaml:1:10 Unresolved tag: !Ref'],
    [
      'service: *name\n',
      "lambdactl.yaml can't be read as YAML: Unresolved alias (the anchor must be set before the alias): name.",
    ],
  ])('%j is refused with its place', (text, message) => {
    expect(messageOf(text).split('\n')[0]).toBe(message)
  })

  test('aliases that would expand without end are refused', () => {
    const bomb = ['a: &a [lol]', tenfold('b', 'a'), tenfold('c', 'b'), tenfold('d', 'c')].join('\n')
    expect(messageOf(bomb)).toBe(
      "lambdactl.yaml can't be read as YAML: Excessive alias count indicates a resource exhaustion attack.",
    )
  })

  test('endless nesting is refused in one line, not in all that follow from it', () => {
    expect(messageOf('['.repeat(50_000))).toMatch(/^lambdactl\.yaml:1:\d+ [^\n]+$/)
  })
})
