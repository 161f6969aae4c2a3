import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Permitted } from '../../../src/operation/permissions/facts.ts'
import { policyText } from '../../../src/operation/permissions/formats.ts'
import { leastPolicy } from '../../../src/operation/permissions/policy.ts'
import { chosenVerbs, releaseVerbs } from '../../../src/operation/permissions/verbs.ts'

const page = (name: string) => readFileSync(join(import.meta.dirname, '../../../docs', name), 'utf8')

const place = { partition: 'aws', region: 'eu-west-1', account: '123456789012' }
const code: Permitted = {
  lambdaName: 'shop-checkout-prod',
  manages: 'code',
  logGroup: '/aws/lambda/shop-checkout-prod',
  fields: new Set(['release.alarms', 'release.smoke']),
}
const whole: Permitted = {
  ...code,
  manages: 'function',
  role: 'arn:aws:iam::123456789012:role/app',
}

const actionsFor = (fn: Permitted, verbs = releaseVerbs) =>
  leastPolicy({ place, functions: [fn], verbs }).Statement.flatMap(({ Action }) => Action)

test('the page for other tools has the policy that doctor prints', () => {
  const text = policyText(leastPolicy({ place, functions: [code], verbs: releaseVerbs }), 'json', '')
  expect(page('beside-iac.md')).toContain(`\`\`\`json\n${text}\n\`\`\``)
})

test('with manages: code no action changes a setting, a tag or a role', () => {
  const owned =
    /Configuration$|PassRole|TagResource|UntagResource|CreateFunction|Url|Concurrency$|Put(?!Log)|Delete/
  expect(actionsFor(code).filter((action) => owned.test(action))).toEqual([])
  expect(actionsFor(whole).filter((action) => owned.test(action))).toEqual([
    'lambda:CreateFunction',
    'lambda:UpdateFunctionConfiguration',
    'iam:PassRole',
  ])
})

test.each([
  ['concurrency reserve', 'lambda:PutFunctionConcurrency'],
  ['concurrency provision', 'lambda:PutProvisionedConcurrencyConfig'],
  ['concurrency autoscale', 'application-autoscaling:RegisterScalableTarget'],
  ['triggers point', 'lambda:UpdateEventSourceMapping'],
  ['destroy', 'lambda:DeleteFunction'],
] as const)(
  'the policy for %s changes nothing of a function that another tool has, since it refuses one',
  (verb, change) => {
    const reads = /:(?:Get|List|Describe)/
    expect(actionsFor(code, [verb]).filter((action) => !reads.test(action))).toEqual([])
    expect(actionsFor(whole, [verb])).toContain(change)
  },
)

test("a file that gives another tool's function provisioned concurrency may give it by hand, too", () => {
  const provisioned = { ...code, fields: new Set(['provisionedConcurrency'] as const) }
  const changes = actionsFor(provisioned, ['concurrency provision']).filter((action) =>
    /^lambda:(?:Put|Del)/.test(action),
  )
  expect(changes).toEqual([
    'lambda:DeleteProvisionedConcurrencyConfig',
    'lambda:PutProvisionedConcurrencyConfig',
  ])
})

test('only the role may be passed, and only to Lambda', () => {
  const { Statement } = leastPolicy({ place, functions: [whole], verbs: ['deploy'] })
  expect(Statement.filter(({ Action }) => Action.includes('iam:PassRole'))).toEqual([
    {
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: [whole.role],
      Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
    },
  ])
})

test('the policy for versions prune deletes versions, and no function', () => {
  const { Statement } = leastPolicy({ place, functions: [whole], verbs: ['versions prune'] })
  expect(Statement.find(({ Action }) => Action.includes('lambda:DeleteFunction'))?.Resource).toEqual([
    'arn:aws:lambda:eu-west-1:123456789012:function:shop-checkout-prod:*',
  ])
})

test('each action is on the functions that need it, in their partition', () => {
  const china = { partition: 'aws-cn', region: 'cn-north-1', account: '123456789012' }
  const quiet: Permitted = { ...code, lambdaName: 'quiet', logGroup: '/quiet', fields: new Set() }
  const { Statement } = leastPolicy({ place: china, functions: [code, quiet], verbs: ['deploy'] })
  const resourcesOf = (action: string) => Statement.find(({ Action }) => Action.includes(action))?.Resource
  const arn = 'arn:aws-cn:lambda:cn-north-1:123456789012:function'
  expect(resourcesOf('lambda:PublishVersion')).toEqual([`${arn}:quiet`, `${arn}:shop-checkout-prod`])
  expect(resourcesOf('lambda:InvokeFunction')).toEqual([
    `${arn}:shop-checkout-prod`,
    `${arn}:shop-checkout-prod:*`,
  ])
  expect(resourcesOf('logs:FilterLogEvents')).toEqual(
    ['/aws/lambda/shop-checkout-prod', '/lambdactl/releases', '/quiet'].map(
      (group) => `arn:aws-cn:logs:cn-north-1:123456789012:log-group:${group}:*`,
    ),
  )
})

test('a word stands for all commands that begin with it, and only commands are taken', () => {
  const ofLogs = chosenVerbs(['logs'])
  expect(ofLogs).toContain('logs query')
  expect(ofLogs.filter((verb) => !verb.startsWith('logs'))).toEqual([])
  expect(chosenVerbs(['logs tail', 'canary approve'])).toEqual(['logs', 'canary approve'])
  expect(() => chosenVerbs(['deplyo'])).toThrow('Expected commands that call AWS, got "deplyo".')
})

test('a policy is also printed for Terraform and for CloudFormation', () => {
  const policy = leastPolicy({ place, functions: [code], verbs: ['invoke'] })
  expect(policyText(policy, 'terraform', 'lambdactl-prod')).toMatch(
    /^resource "aws_iam_policy" "lambdactl_prod" \{\n {2}name {3}= "lambdactl-prod"\n {2}policy = jsonencode\(\{\n/,
  )
  expect(JSON.parse(policyText(policy, 'cloudformation', 'lambdactl-prod'))).toEqual({
    Resources: {
      LambdactlProd: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { ManagedPolicyName: 'lambdactl-prod', PolicyDocument: policy },
      },
    },
  })
})
