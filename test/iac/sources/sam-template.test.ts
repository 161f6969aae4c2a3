import { join } from 'node:path'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { parseConfig } from '../../../src/config/parse.ts'
import type { FoundFunction, LeftOut } from '../../../src/iac/found-function.ts'
import { readOutput } from '../../../src/iac/read-output.ts'
import { readSamTemplate } from '../../../src/iac/sources/sam/template.ts'

const directory = join(import.meta.dirname, 'fixtures')
const { functions, left } = await readOutput(join(directory, 'template.yaml'), 'template.yaml')
const [pay, report, fast] = functions as [FoundFunction, FoundFunction, FoundFunction]

function lines(all: readonly LeftOut[] = []): string[] {
  return all.map(({ what, line }) => `${line} ${what}`)
}

function read(text: string): FoundFunction | undefined {
  return readSamTemplate({ text, path: '/shop/template.yaml', shownAs: 'template.yaml' })?.functions[0]
}

test('takes plain values of a function and of Globals, in the form of lambdactl.yaml', () => {
  expect(pay.lambdaName).toBe('shop-pay')
  expect(pay.fields).toEqual({
    runtime: 'nodejs22.x',
    handler: 'pay.handler',
    timeout: '12s',
    architecture: 'arm64',
    tracing: 'active',
    layers: [
      'arn:aws:lambda:eu-west-1:123456789012:layer:shared:3',
      'arn:aws:lambda:eu-west-1:123456789012:layer:pay:1',
    ],
    environment: {
      LEVEL: 'debug',
      RATE: '0.5',
      DRY: 'true',
      PRICE: '$${amount} EUR',
      TOKEN: '${secret:shop/token#key}',
      LIMIT: '${ssm:/shop/limit:2}',
    },
    deadLetter: 'arn:aws:sqs:eu-west-1:123456789012:failed',
    ephemeralStorage: 1024,
    reservedConcurrency: 20,
    logs: { format: 'json', level: 'debug' },
    retries: 1,
    maximumAge: '3600s',
    onFailure: 'arn:aws:sqs:eu-west-1:123456789012:dead',
    tags: { team: 'shop', cost: '12' },
    bundle: { format: 'cjs', minify: true, sourcemap: true, external: ['sharp'] },
  })
})

test('names every value that only the stack has, and everything without a counterpart, by name and line', () => {
  expect(lines(pay.left)).toEqual([
    '26 Metadata.BuildProperties.Target',
    '31 MemorySize',
    '44 Policies',
    '47 VpcConfig.SubnetIds[1]',
    '13 Environment.Variables.STAGE',
    '41 Environment.Variables.QUEUE',
    '59 FunctionUrlConfig',
  ])
  expect(lines(report.left)).toEqual([
    '13 Environment.Variables.STAGE',
    '77 DeploymentPreference.Alarms',
    '78 DeploymentPreference.Hooks',
    '68 Condition',
  ])
  expect(lines(fast.left)).toEqual(['13 Environment.Variables.STAGE', '85 FunctionName', '81 Role'])
  expect(lines(left)).toEqual(['97 Child'])
})

test('finds the sources, and leaves to SAM what lambdactl does not package', () => {
  expect(pay.source).toEqual({ path: join(directory, 'functions/pay/src') })
  expect(report.source).toEqual({ path: join(directory, 'functions/report') })
  expect(fast).toMatchObject({
    source: { path: join(directory, '.aws-sam/build/Fast') },
    build: { run: ['sam', 'build'], in: directory },
  })
})

test('takes a gradual deployment as steps', () => {
  expect(report.fields).toMatchObject({ release: { steps: [10], every: '5m', alarms: ['shop-errors'] } })
})

test('names each trigger that goes past the alias, also those of other resources', () => {
  const triggers = (found: FoundFunction) =>
    found.toAlias?.map((each) => each.triggers.map(({ what }) => what))
  expect(triggers(pay)).toEqual([['Events.Orders (SQS)', 'Events.Http (HttpApi)', 'FunctionUrlConfig']])
  expect(triggers(fast)).toEqual([
    [],
    [
      'Flow.DefinitionString (AWS::StepFunctions::StateMachine)',
      'Mapping.FunctionName (AWS::Lambda::EventSourceMapping)',
    ],
  ])
})

test('makes fields that lambdactl.yaml accepts', () => {
  const role = 'arn:aws:iam::123456789012:role/shop'
  const entries = functions.map(({ logicalId, fields }) => [logicalId, { source: 'src', role, ...fields }])
  const text = stringify({
    service: 'shop',
    functions: Object.fromEntries(entries) as Record<string, unknown>,
    environments: { prod: {} },
  })
  expect(parseConfig(text, { path: '/shop/lambdactl.yaml' }).functions['Report']).toMatchObject({
    release: { every: 300_000 },
  })
})

test('names a whole environment or list that only the stack knows, and an alias by a parameter', () => {
  const found = read(
    [
      'Resources:',
      '  Fn:',
      '    Type: AWS::Serverless::Function',
      '    Properties:',
      '      Role: arn:aws:iam::123456789012:role/shop',
      '      Environment: !If [IsProd, {Variables: {A: "1"}}, !Ref AWS::NoValue]',
      '      Tags: [{Key: a, Value: b}]',
      '      AutoPublishAlias: !Ref Stage',
      '      Events: {Tick: {Type: Schedule}}',
    ].join('\n'),
  )
  expect(lines(found?.left)).toEqual(['6 Environment', '7 Tags', '8 AutoPublishAlias'])
  expect(found?.toAlias?.[0]?.text).not.toContain('AutoPublishAlias:')
})

test('reads JSON, and the long form of an intrinsic function as the short one', () => {
  const found = read(
    JSON.stringify(
      {
        Resources: {
          Fn: { Type: 'AWS::Serverless::Function', Properties: { MemorySize: { Ref: 'M' }, Timeout: '9' } },
        },
      },
      null,
      1,
    ),
  )
  expect(found?.fields).toEqual({ timeout: '9s' })
  expect(found?.left?.[0]).toMatchObject({
    what: 'MemorySize',
    line: 6,
    why: expect.stringContaining('!Ref M') as string,
  })
})

test('follows anchors and merge keys, and stops at a file that expands without end', () => {
  const shared =
    'Shared: &shared { Runtime: python3.13, MemorySize: 256 }\nResources:\n  Fn:\n    Type: AWS::Serverless::Function\n'
  expect(read(`${shared}    Properties: { <<: *shared, MemorySize: 512 }\n`)?.fields).toMatchObject({
    runtime: 'python3.13',
    memory: 512,
  })
  const levels = Array.from({ length: 12 }, (_, level) => {
    const below = level === 0 ? '"x"' : `*l${level - 1}`
    return `l${level}: &l${level} [${Array(9).fill(below).join(', ')}]`
  })
  expect(() => read(`${levels.join('\n')}\n# AWS::Serverless::Function`)).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(/aliases expand to more than 2000/) as string,
      next: [expect.stringMatching(/^Correct it in template\.yaml/) as string],
    }),
  )
})

test('leaves other files to other readers', () => {
  expect(read('Resources: { Fn: { Type: AWS::Lambda::Function } }')).toBeUndefined()
  expect(() => read('Resources: [\n  AWS::Serverless::Function: {')).toThrow(/^template\.yaml:2:/)
})
