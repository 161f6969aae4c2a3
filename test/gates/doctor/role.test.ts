import { expect, test } from 'vitest'
import { roleDiagnosis } from '../../../src/gates/doctor/checks/role.ts'
import { wildcardsOf } from '../../../src/gates/doctor/checks/role-wildcards.ts'
import type { Ways } from '../../../src/gates/doctor/diagnosis.ts'

const ways: Ways = {
  set: () => ({}),
  command: (...words) => words.join(' '),
  aws: (...words) => words.join(' '),
}
const table = 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders'
const documentOf = (statement: unknown) => JSON.stringify({ Version: '2012-10-17', Statement: statement })
const allow = (Action: unknown, Resource: unknown, more = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
})

test.each([
  ['everything', allow('*', '*'), 'statement 1: * on *'],
  ['a whole service', allow(['s3:*', 'sqs:SendMessage'], table), `statement 1: s3:* on ${table}`],
  ['an action on everything', allow('kms:Decrypt', '*', { Sid: 'Keys' }), 'Keys: kms:Decrypt on *'],
  [
    'all of a kind',
    allow('dynamodb:GetItem', `${table.slice(0, -6)}*`),
    `statement 1: dynamodb:GetItem on ${table.slice(0, -6)}*`,
  ],
  [
    'a whole service of resources',
    allow('s3:GetObject', 'arn:aws:s3:::*'),
    'statement 1: s3:GetObject on arn:aws:s3:::*',
  ],
  [
    'everything but',
    { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' },
    'statement 1: all but iam:* on *',
  ],
  [
    'all but a resource',
    { Effect: 'Allow', Action: 's3:GetObject', NotResource: 'x' },
    'statement 1: s3:GetObject on all but x',
  ],
  ['under a condition', allow('s3:*', '*', { Condition: {} }), 'statement 1: s3:* on *, under a condition'],
])('a wildcard is named: %s', (_, statement, words) => {
  expect(wildcardsOf({ name: 'own', document: documentOf(statement) })).toEqual([words])
})

test.each([
  ['an action on a table and its indexes', allow('dynamodb:*Item', [table, `${table}/index/*`])],
  ['the objects of a bucket', allow(['s3:Get*', 's3:PutObject'], 'arn:aws:s3:::orders/*')],
  ["Lambda's own lines", allow(['logs:CreateLogGroup', 'logs:PutLogEvents'], '*')],
  [
    'actions without resources',
    allow(['xray:PutTraceSegments', 'ec2:CreateNetworkInterface', 's3:ListAllMyBuckets'], '*'),
  ],
  ['a refusal', { Effect: 'Deny', Action: '*', Resource: '*' }],
  ['resources under a condition', allow('kms:Decrypt', '*', { Condition: { StringEquals: {} } })],
])('no wildcard to bound: %s', (_, statement) => {
  expect(wildcardsOf({ name: 'own', document: documentOf([statement]) })).toEqual([])
})

const role = 'arn:aws:iam::123456789012:role/service/app'

test("a wide role is a warning with the policies to look at, and one by AWS's policies for functions a note", () => {
  const policies = [
    { name: 'own', document: documentOf(allow('s3:*', '*')) },
    {
      name: 'team',
      arn: 'arn:aws:iam::123456789012:policy/team',
      version: 'v3',
      document: documentOf(allow('*', '*')),
    },
    { name: 'fine', document: documentOf(allow('s3:GetObject', 'arn:aws:s3:::orders/*')) },
  ]
  const wide = roleDiagnosis({ role, policies }, ways)
  expect(wide).toMatchObject({
    outcome: 'warn',
    detail: 'app allows without bounds: own, statement 1: s3:* on *; team, statement 1: * on *',
    field: 'role',
  })
  expect(wide.mends?.map(({ text }) => text)).toEqual([
    'iam get-role-policy --role-name app --policy-name own',
    'iam get-policy-version --policy-arn arn:aws:iam::123456789012:policy/team --version-id v3',
  ])
  const arn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole'
  const usual = [
    { name: 'queue', arn, version: 'v1', document: documentOf(allow('sqs:ReceiveMessage', '*')) },
  ]
  expect(roleDiagnosis({ role, policies: usual }, ways).outcome).toBe('note')
  expect(roleDiagnosis({ role, policies: [] }, ways)).toMatchObject({ outcome: 'pass' })
})
