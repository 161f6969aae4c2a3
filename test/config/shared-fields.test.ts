import { describe, expect, test } from 'vitest'
import { configJsonSchema } from '../../src/config/schema/json-schema.ts'
import { mergedFunction } from '../../src/config/service/find.ts'
import { configFrom, failureOf } from './config-from.ts'

const shared = `service: shop
x-shared: &shared
  source: fn
  runtime: nodejs24.x
  handler: index.handler
  environment: { DEBUG: "on", TABLE: orders }
functions:
  one: { <<: *shared }
  two: { <<: *shared, memory: 512 }
environments:
  sandbox: { region: eu-west-1 }
  prod:
    region: eu-west-1
    functions: { one: { environment: { DEBUG: null, LEVEL: warn } } }
`
const messageOf = (text: string) => failureOf(() => configFrom(text)).message

describe('a key that begins with x-', () => {
  test('is a place for what functions share, and no function itself', () => {
    const { functions } = configFrom(shared)
    expect(Object.keys(functions)).toEqual(['one', 'two'])
    expect(functions['two']).toMatchObject({ source: 'fn', memory: 512 })
  })

  test('may hold anything, and stands at the top alone', () => {
    expect(configFrom(`x-owner: [team, 5]\n${shared}`).service).toBe('shop')
    expect(messageOf(shared.replace('memory: 512', 'x-memory: 512'))).toContain('there is no such field')
  })

  test('is known to editors', () => {
    expect(configJsonSchema().patternProperties).toHaveProperty('^x-')
  })
})

describe('null in the environment of an override', () => {
  const variablesIn = (environment: string, text = shared) =>
    mergedFunction(configFrom(text), environment, 'one').fields.environment

  test('takes the variable away there', () => {
    expect(variablesIn('prod')).toEqual({ TABLE: 'orders', LEVEL: 'warn' })
    expect(variablesIn('sandbox')).toEqual({ DEBUG: 'on', TABLE: 'orders' })
  })

  test("does so by AWS's names, too", () => {
    const aws = shared
      .replace('{ environment: { DEBUG: null', '{ Environment: { Variables: { DEBUG: null')
      .replace('warn } } }', 'warn } } } }')
    expect(variablesIn('prod', aws)).toEqual({ TABLE: 'orders', LEVEL: 'warn' })
  })

  test('of a variable that there is not is no error', () => {
    expect(variablesIn('prod', shared.replace('DEBUG: null', 'NONE: null'))).not.toHaveProperty('NONE')
  })

  test('is refused where there is nothing below it', () => {
    expect(messageOf(shared.replace('DEBUG: "on"', 'DEBUG: null'))).toContain('expected text in quotes')
  })
})

describe('one mistake in what functions share', () => {
  test.each([
    ['a value, merged in', shared.replace('runtime: nodejs24.x', 'runtime: nodejs24.x\n  memory: 1'), 5],
    ['a name, merged in', shared.replace('runtime: nodejs24.x', 'runtime: nodejs24.x\n  memry: 512'), 5],
    [
      'a name, by an alias',
      'service: shop\nfunctions:\n  one: &fn {source: a, runtime: nodejs24.x, handler: a.b, memry: 1}\n  two: *fn\nenvironments: {}\n',
      3,
    ],
    [
      'one of several that are merged in',
      shared.replaceAll('<<: *shared', '<<: [*shared]').replace('source: fn', 'source: fn\n  memry: 512'),
      4,
    ],
  ])('%s, is told once, where it stands', (_, text, line) => {
    const lines = messageOf(text).split('\n')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(new RegExp(`^lambdactl\\.yaml:${line}:\\d+ functions\\.one\\.mem`))
  })

  test('two that are alike in two places are told twice', () => {
    const text = shared
      .replace('one: { <<: *shared', 'one: { memry: 1, <<: *shared')
      .replace('memory: 512', 'memry: 1')
    expect(messageOf(text).split('\n')).toHaveLength(2)
  })
})

describe('defaults', () => {
  const withDefaults = `service: shop
defaults:
  env: sandbox
  runtime: nodejs24.x
  handler: index.handler
  source: "functions/\${function}"
  MemorySize: 512
  environment: { DEBUG: "on", TABLE: orders }
functions:
  one: {}
  two: { memory: 256, environment: { TABLE: other } }
  packed: { image: "000000000000.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:${'0'.repeat(64)}" }
environments:
  sandbox: { region: eu-west-1 }
  prod: { region: eu-west-1, functions: { two: { environment: { DEBUG: null } } } }
`

  test('are the fields of all functions, and what a function or an environment says is laid over them', () => {
    const { functions } = configFrom(withDefaults)
    expect(functions['one']).toMatchObject({ runtime: 'nodejs24.x', memory: 512 })
    expect(functions['two']).toMatchObject({ memory: 256, environment: { DEBUG: 'on', TABLE: 'other' } })
    const inProd = mergedFunction(configFrom(withDefaults), 'prod', 'two')
    expect(inProd.fields.environment).toEqual({ TABLE: 'other' })
  })

  test('of code are none of an image', () => {
    const { packed } = configFrom(withDefaults).functions
    expect(packed).not.toHaveProperty('handler')
    expect(packed).toMatchObject({ memory: 512, environment: { TABLE: 'orders' } })
  })

  test('name the environment of commands that name none, which has to be there', () => {
    expect(configFrom(withDefaults).defaultEnvironment).toBe('sandbox')
    expect(messageOf(withDefaults.replace('env: sandbox', 'env: sandbx'))).toMatch(
      /^lambdactl\.yaml:3:\d+ defaults\.env: expected one of the environments \(sandbox, prod\), got "sandbx"\.$/,
    )
  })

  test('that are wrong are told once, where they stand', () => {
    const wrong = withDefaults
      .replace('  env: sandbox\n', '  env: sandbox\n  bundle: true\n')
      .replace('nodejs24.x', 'python3.13')
    expect(messageOf(wrong)).toMatch(/^lambdactl\.yaml:4:\d+ defaults\.bundle: expected false, [^\n]*\.$/)
    expect(messageOf(withDefaults.replace('MemorySize: 512', 'memory: 5'))).toMatch(/^\S+ defaults\.memory: /)
  })

  test('give a message about a value the place where it stands', () => {
    expect(configFrom(withDefaults).place(['functions', 'one', 'memory'])).toContain('defaults.MemorySize')
    expect(configFrom(withDefaults).place(['functions', 'two', 'memory'])).toContain('functions.two.memory')
  })
})
