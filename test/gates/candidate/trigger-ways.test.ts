import { expect, test } from 'vitest'
import { triggerWays } from '../../../src/gates/candidate/trigger-ways.ts'

const mapping = { description: 'queue orders', kind: 'mapping', uuid: 'u-1', qualifier: undefined } as const
const grant = { description: 's3', kind: 'grant', qualifier: undefined } as const
const url = { description: '*', kind: 'url', qualifier: undefined } as const

test('each kind of trigger has one way, whatever their number', () => {
  expect(triggerWays([mapping, grant, grant, url, mapping], 'shop', 'live')).toHaveLength(3)
})

test('without a tool the mapping itself is changed by a command, and the docs have all tools', () => {
  expect(triggerWays([mapping], 'shop', 'live')).toEqual([
    'To put an event source mapping on live (in SAM, CDK, Serverless Framework and Terraform: docs/triggers.md#event-source-mappings): aws lambda update-event-source-mapping --uuid u-1 --function-name shop:live',
  ])
})

test('the command acts where the release does', () => {
  const awsCli = { program: 'KEYS=/run/keys aws', flags: ['--region', 'eu-west-1'] }
  const [way] = triggerWays([mapping], 'shop', 'live', { awsCli })
  expect(way).toMatch(
    /: KEYS=\/run\/keys aws lambda update-event-source-mapping --uuid u-1 --function-name shop:live --region eu-west-1$/,
  )
})

test.each([
  [{ 'lambda:createdBy': 'SAM', 'aws:cloudformation:stack-name': 's' }, 'SAM', '!Sub "${Fn}:blue"'],
  [{ 'aws:cloudformation:logical-id': 'Fn9270CBC0' }, 'CDK', "aliasName: 'blue'"],
  [{ 'aws:cdk:path': 'S/Fn' }, 'CDK', "aliasName: 'blue'"],
  [
    { STAGE: 'dev', 'aws:cloudformation:stack-name': 's' },
    'Serverless Framework',
    '!Ref FnLambdaFunction, blue',
  ],
  [{ ManagedBy: 'Terraform' }, 'Terraform', '"${aws_lambda_function.fn.arn}:blue"'],
  [
    { 'aws:cloudformation:logical-id': 'CheckoutFunction', 'aws:cloudformation:stack-name': 's' },
    'SAM',
    ':blue',
  ],
] as const)('by the tags %j it is %s', (tags, tool, how) => {
  const [way = ''] = triggerWays([mapping], 'shop', 'blue', { tags })
  expect(way).toContain(`on blue with ${tool} (more in docs/triggers.md#event-source-mappings)`)
  expect(way).toContain(how)
})

test('tags that say nothing of a tool', () => {
  const tags = { team: 'shop', Stage: 'prod' }
  expect(triggerWays([mapping], 'shop', 'live', { tags })).toEqual(triggerWays([mapping], 'shop', 'live'))
})
