import { expect, test } from 'vitest'
import { checkPolicy, checkTrust } from '../../../src/sandbox/iam/policy/check-document.ts'
import { documentOf } from './running-iam.ts'

const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }
const on = (Resource: unknown) => documentOf({ ...allow, Resource })
const doing = (Action: unknown) => documentOf({ ...allow, Action })
const when = (Condition: unknown) => documentOf({ ...allow, Condition })
const since = (date: string) => when({ DateGreaterThan: { 'aws:CurrentTime': date } })

const syntax = 'Syntax errors in policy.'
const legacy = 'The policy failed legacy parsing'
const version = 'Policy document must be version 2012-10-17 or greater.'
const vendor = 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'
const regex = 'Resource vendor must be fully qualified and cannot contain regexes.'

function refusalOf(check: () => void): unknown {
  try {
    check()
    return 'accepted'
  } catch (error) {
    return error instanceof Error && error.message
  }
}

test.each([
  ['{half', syntax],
  ['[]', syntax],
  [JSON.stringify({ Statement: [allow] }), version],
  [JSON.stringify({ Version: '2008-10-17', Statement: [allow] }), version],
  [JSON.stringify({ Version: '2012-11-01', Statement: [allow] }), syntax],
  [JSON.stringify({ Version: '2012-10-17' }), syntax],
  [documentOf(), syntax],
  [documentOf({ ...allow, NotAction: 's3:*' }), syntax],
  [documentOf({ ...allow, NotResource: '*' }), syntax],
  [documentOf({ ...allow, Comment: 'ours' }), syntax],
  [documentOf({ ...allow, constructor: 'ours' }), syntax],
  [documentOf({ ...allow, Effect: 'Permit' }), syntax],
  [documentOf({ ...allow, Effect: 'allow' }), legacy],
  [when({ StringIs: { 'aws:username': 'ann' } }), syntax],
  [since('tomorrow'), legacy],
  [since('2026-13'), legacy],
  [since('2026-11-27T10:00:00.0123456789Z'), legacy],
  [since('9223372036854775808'), legacy],
  [
    documentOf({ ...allow, Sid: 'read' }, { ...allow, Sid: 'read' }),
    'Statement IDs (SID) in a single policy must be unique.',
  ],
  [doing([]), 'Policy statement must contain actions.'],
  [documentOf({ Effect: 'Allow', Action: 's3:GetObject' }), 'Policy statement must contain resources.'],
  [documentOf({ ...allow, Principal: '*' }), 'Policy document should not specify a principal.'],
  [doing('GetObject'), vendor],
  [doing('s 3:GetObject'), 'Vendor s 3 is not valid'],
  [doing('s3:Get:Object'), 'Actions/Condition can contain only one colon.'],
  [on('shop'), 'Resource shop must be in ARN format or "*".'],
  [on('arn:ours'), 'Partition "ours" is not valid for resource "arn:ours:*:*:*:*".'],
  [on('arn:aws'), regex],
  [on('arn:aws:s*:::shop'), regex],
  [on('arn:aws::::shop'), legacy],
  [on('arn:aws:s3::shop'), legacy],
  [
    on('arn:aws:s3:eu-west-1::shop'),
    'Resource arn:aws:s3:eu-west-1::shop can not contain region information.',
  ],
  [
    on('arn:aws:iam:eu-west-1::user/ann'),
    'IAM resource arn:aws:iam:eu-west-1::user/ann cannot contain region information.',
  ],
  [
    on('arn:aws:iam:::ann'),
    expect.stringMatching(/^IAM resource path must either be "\*", root, or start with user\//),
  ],
])('the managed policy %s is refused: %s', (document, message) => {
  expect(refusalOf(() => checkPolicy(document, 'managed'))).toEqual(message)
})

test.each([
  since('2026'),
  since('10T'),
  since('2026-11-27T10:00:00Z'),
  since('1764237600'),
  when({ Whatever: {} }),
  doing('s3-beta:a b c '),
  doing(['s3:*', '*']),
  on(['arn:aws:lambda', 'arn:aws:iam::123456789012:role/app']),
  JSON.stringify({ Version: '2012-10-17', Statement: allow }),
])('the managed policy %s is taken', (document) => {
  expect(refusalOf(() => checkPolicy(document, 'managed'))).toBe('accepted')
})

test('a policy of a role itself may be of the older version', () => {
  expect(refusalOf(() => checkPolicy(JSON.stringify({ Statement: [allow] }), 'inline'))).toBe('accepted')
})

test.each([
  ['sts:AssumeRole', 'accepted'],
  ['sts:Assume*', 'accepted'],
  [['sts:AssumeRole', 'sts:TagSession'], 'accepted'],
  ['sts:GetCallerIdentity', 'AssumeRole policy may only specify STS AssumeRole actions.'],
  ['lambda:Invoke*', 'AssumeRole policy may only specify STS AssumeRole actions.'],
])('a trust policy that allows %s: %s', (Action, message) => {
  const document = documentOf({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action })
  expect(refusalOf(() => checkTrust(document))).toBe(message)
})
