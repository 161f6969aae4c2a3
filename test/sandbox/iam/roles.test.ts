import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListPoliciesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
  SimulatePrincipalPolicyCommand,
  type SimulatePrincipalPolicyCommandInput,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { documentOf, lambdaTrust, runIam } from './running-iam.ts'

const RoleName = 'app'
const arn = 'arn:aws:iam::123456789012:role/app'
const basic = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'
const lambda = { kind: 'Service', name: 'lambda.amazonaws.com', action: 'sts:AssumeRole' } as const

const create = (iam: IAMClient, AssumeRolePolicyDocument = lambdaTrust) =>
  iam.send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, Tags: [{ Key: 'team', Value: 'shop' }] }),
  )

test('a role lives from its creation to its deletion, which waits for its policies', async () => {
  const { iam } = await runIam()
  const { Role } = await create(iam)
  expect(Role).toMatchObject({ Arn: arn, Path: '/' })
  expect(Role?.RoleId).toMatch(/^AROA[A-Z2-7]{17}$/)
  await expect(create(iam)).rejects.toMatchObject({
    name: 'EntityAlreadyExistsException',
    message: 'Role with name app already exists.',
  })
  const got = await iam.send(new GetRoleCommand({ RoleName }))
  expect(decodeURIComponent(got.Role?.AssumeRolePolicyDocument ?? '')).toBe(lambdaTrust)
  expect(got.Role?.MaxSessionDuration).toBe(3600)
  expect(got.Role?.Tags).toEqual([{ Key: 'team', Value: 'shop' }])
  const document = documentOf({ Effect: 'Allow', Action: 's3:*', Resource: '*' })
  const inline = { RoleName, PolicyName: 'own' }
  await iam.send(new PutRolePolicyCommand({ ...inline, PolicyDocument: document }))
  const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand(inline))
  expect(decodeURIComponent(PolicyDocument)).toBe(document)
  const inherited = new GetRolePolicyCommand({ RoleName, PolicyName: 'constructor' })
  await expect(iam.send(inherited)).rejects.toMatchObject({ name: 'NoSuchEntityException' })
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: basic }))
  const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))
  expect(AttachedPolicies).toEqual([{ PolicyName: 'AWSLambdaBasicExecutionRole', PolicyArn: basic }])
  const remove = () => iam.send(new DeleteRoleCommand({ RoleName }))
  await expect(remove()).rejects.toMatchObject({ name: 'DeleteConflictException' })
  await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: basic }))
  await expect(remove()).rejects.toMatchObject({
    message: 'Cannot delete entity, must delete policies first.',
  })
  await iam.send(new DeleteRolePolicyCommand(inline))
  await remove()
  expect((await iam.send(new ListRolesCommand({}))).Roles).toEqual([])
  await expect(iam.send(new GetRoleCommand({ RoleName }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    message: 'The role with name app cannot be found.',
  })
})

test('a policy has versions, one of them the default, and is not deleted from under a role', async () => {
  const { iam } = await runIam()
  await create(iam)
  const allow = (Action: string) => documentOf({ Effect: 'Allow', Action, Resource: '*' })
  const { Policy } = await iam.send(
    new CreatePolicyCommand({ PolicyName: 'deploy', PolicyDocument: allow('lambda:Get*') }),
  )
  const PolicyArn = Policy?.Arn
  expect(PolicyArn).toBe('arn:aws:iam::123456789012:policy/deploy')
  await iam.send(
    new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: allow('lambda:*'), SetAsDefault: true }),
  )
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }))
  expect(PolicyVersion).toMatchObject({ IsDefaultVersion: false, VersionId: 'v1' })
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }))
  const { Policies } = await iam.send(new ListPoliciesCommand({ Scope: 'Local' }))
  expect(Policies).toMatchObject([{ DefaultVersionId: 'v2', AttachmentCount: 1 }])
  await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
  })
})

test.each([
  ['{half', 'This policy contains invalid Json'],
  [documentOf({ Effect: 'Allow', Action: 'sts:AssumeRole' }), 'Missing required field Principal'],
  [
    documentOf({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*', Resource: '*' }),
    'Has prohibited field Resource',
  ],
])('the trust policy %s is refused', async (document, message) => {
  const { iam } = await runIam()
  await expect(create(iam, document)).rejects.toMatchObject({
    name: 'MalformedPolicyDocumentException',
    message,
  })
})

test('every role may be assumed until one is made, and then only those that trust who asks', async () => {
  const { iam, mayAssume } = await runIam()
  expect(mayAssume('arn:aws:iam::123456789012:role/any', lambda)).toBe(true)
  await create(iam)
  expect(mayAssume(arn, lambda)).toBe(true)
  expect(mayAssume('arn:aws:iam::123456789012:role/any', lambda)).toBe(false)
  const PolicyDocument = documentOf({
    Effect: 'Allow',
    Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/token.example' },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringLike: { 'token.example:sub': 'repo:shop:*' } },
  })
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }))
  expect(mayAssume(arn, lambda)).toBe(false)
  const token = (sub: string) => ({
    kind: 'Federated' as const,
    name: 'token.example',
    action: 'sts:AssumeRoleWithWebIdentity',
    claims: { sub },
  })
  expect(mayAssume(arn, token('repo:shop:ref:main'))).toBe(true)
  expect(mayAssume(arn, token('repo:other:ref:main'))).toBe(false)
})

test('a trust policy may bound the resources for which a service assumes the role', async () => {
  const { iam, mayAssume } = await runIam()
  const Condition = {
    StringEquals: { 'aws:SourceAccount': '123456789012' },
    ArnLike: { 'aws:SourceArn': 'arn:aws:states:*:*:stateMachine:shop-*' },
  }
  const Principal = { Service: 'lambda.amazonaws.com' }
  await create(iam, documentOf({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', Condition }))
  const source = (account: string, name: string) => `arn:aws:states:eu-west-1:${account}:stateMachine:${name}`
  expect(mayAssume(arn, { ...lambda, source: source('123456789012', 'shop-charges') })).toBe(true)
  expect(mayAssume(arn, { ...lambda, source: source('123456789012', 'other') })).toBe(false)
  expect(mayAssume(arn, { ...lambda, source: source('000000000000', 'shop-charges') })).toBe(false)
  expect(mayAssume(arn, lambda)).toBe(false)
})

test('a simulation tells what the policies of a role allow', async () => {
  const { iam } = await runIam()
  await create(iam)
  const statements = [
    {
      Effect: 'Allow',
      Action: ['lambda:Get*', 'lambda:UpdateAlias'],
      Resource: 'arn:aws:lambda:*:*:function:shop-*',
    },
    { Effect: 'Deny', Action: 'lambda:GetPolicy', Resource: '*' },
    {
      Effect: 'Allow',
      Action: 's3:PutObject',
      Resource: '*',
      Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
    },
  ]
  await iam.send(
    new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument: documentOf(...statements) }),
  )
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: basic }))
  const simulate = async (action: string, input: Partial<SimulatePrincipalPolicyCommandInput> = {}) => {
    const asked = { PolicySourceArn: arn, ActionNames: [action], ...input }
    const { EvaluationResults } = await iam.send(new SimulatePrincipalPolicyCommand(asked))
    return EvaluationResults?.[0]
  }
  const ResourceArns = ['arn:aws:lambda:eu-west-1:123456789012:function:shop-checkout']
  expect(await simulate('lambda:GetAlias', { ResourceArns })).toMatchObject({
    EvalActionName: 'lambda:GetAlias',
    EvalDecision: 'allowed',
    MatchedStatements: [{ SourcePolicyId: 'own' }],
    ResourceSpecificResults: [{ EvalResourceName: ResourceArns[0], EvalResourceDecision: 'allowed' }],
  })
  const other = 'arn:aws:lambda:eu-west-1:123456789012:function:other'
  expect(await simulate('lambda:GetAlias', { ResourceArns: [...ResourceArns, other] })).toMatchObject({
    EvalDecision: 'implicitDeny',
    ResourceSpecificResults: [{ EvalResourceDecision: 'allowed' }, { EvalResourceDecision: 'implicitDeny' }],
  })
  expect((await simulate('lambda:GetAlias'))?.EvalDecision).toBe('implicitDeny')
  expect((await simulate('lambda:GetPolicy', { ResourceArns }))?.EvalDecision).toBe('explicitDeny')
  expect((await simulate('logs:PutLogEvents'))?.MatchedStatements?.[0]?.SourcePolicyId).toBe(
    'AWSLambdaBasicExecutionRole',
  )
  expect(await simulate('s3:PutObject')).toMatchObject({
    EvalDecision: 'implicitDeny',
    MissingContextValues: ['aws:RequestedRegion'],
  })
  const ContextEntries = [
    {
      ContextKeyName: 'aws:requestedregion',
      ContextKeyValues: ['eu-west-1'],
      ContextKeyType: 'string' as const,
    },
  ]
  expect((await simulate('s3:PutObject', { ContextEntries }))?.EvalDecision).toBe('allowed')
  await expect(simulate('lambda')).rejects.toMatchObject({ message: 'Invalid Action Name: lambda' })
  await iam.send(
    new AttachRolePolicyCommand({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }),
  )
  await expect(simulate('s3:GetObject')).rejects.toMatchObject({ name: 'NotImplemented' })
})
