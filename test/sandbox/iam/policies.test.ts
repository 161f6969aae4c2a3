import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRolePermissionsBoundaryCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  type IAMClient,
  ListPolicyTagsCommand,
  ListRoleTagsCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  SimulatePrincipalPolicyCommand,
  TagPolicyCommand,
  TagRoleCommand,
  UntagPolicyCommand,
  UpdateRoleCommand,
  UpdateRoleDescriptionCommand,
} from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { documentOf, lambdaTrust, runIam } from './running-iam.ts'

const RoleName = 'app'
const roleArn = 'arn:aws:iam::123456789012:role/app'
const absent = 'arn:aws:iam::123456789012:policy/absent'
const allow = (Action: string) => documentOf({ Effect: 'Allow', Action, Resource: '*' })
const team = { Key: 'team', Value: 'shop' }

const createRole = (iam: IAMClient, more: Partial<CreateRoleCommand['input']> = {}) =>
  iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: lambdaTrust, ...more }))

async function createPolicy(
  iam: IAMClient,
  action: string,
  more: Partial<CreatePolicyCommand['input']> = {},
) {
  const { Policy } = await iam.send(
    new CreatePolicyCommand({ PolicyName: 'deploy', PolicyDocument: allow(action), ...more }),
  )
  return { PolicyArn: Policy?.Arn, Policy }
}

test('a creation does not repeat a description, and reading does', async () => {
  const { iam } = await runIam()
  const Description = 'Deploys the shop'
  const { Role } = await createRole(iam, { Description, MaxSessionDuration: 7200 })
  expect(Role).not.toHaveProperty('Description')
  expect(Role).not.toHaveProperty('MaxSessionDuration')
  await iam.send(new UpdateRoleCommand({ RoleName, Description: 'Ships' }))
  const got = await iam.send(new GetRoleCommand({ RoleName }))
  expect(got.Role).toMatchObject({ Description: 'Ships', MaxSessionDuration: 7200 })
  const updated = await iam.send(new UpdateRoleDescriptionCommand({ RoleName, Description }))
  expect(updated.Role?.Description).toBe(Description)
  const { PolicyArn, Policy } = await createPolicy(iam, 's3:*', { Description })
  expect(Policy).not.toHaveProperty('Description')
  expect((await iam.send(new GetPolicyCommand({ PolicyArn }))).Policy).toMatchObject({
    Description,
    Tags: [],
  })
})

test('the number of a deleted version is not given again', async () => {
  const { iam } = await runIam()
  const { PolicyArn } = await createPolicy(iam, 's3:*')
  const next = () => iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: allow('s3:Get*') }))
  await next()
  await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v2' }))
  const { PolicyVersion } = await next()
  expect(PolicyVersion).toMatchObject({ VersionId: 'v3', IsDefaultVersion: false })
  expect(PolicyVersion).not.toHaveProperty('Document')
})

test('a version of a missing policy is missing itself', async () => {
  const { iam } = await runIam()
  await expect(
    iam.send(new GetPolicyVersionCommand({ PolicyArn: absent, VersionId: 'v1' })),
  ).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    message: `Policy ${absent} version v1 does not exist or is not attachable.`,
  })
})

test('only the ARN of a policy that is there is attached', async () => {
  const { iam } = await runIam()
  await createRole(iam)
  const attach = (PolicyArn: string) => iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }))
  await expect(attach(roleArn)).rejects.toMatchObject({
    name: 'ValidationError',
    message: `ARN ${roleArn} is not valid.`,
  })
  await expect(attach(absent)).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    message: `Policy ${absent} does not exist or is not attachable.`,
  })
})

test('a policy has tags, whose keys differ by case', async () => {
  const { iam } = await runIam()
  const { PolicyArn, Policy } = await createPolicy(iam, 's3:*', { Tags: [team] })
  expect(Policy?.Tags).toEqual([team])
  const Tags = [
    { Key: 'Team', Value: 'pay' },
    { Key: 'stage', Value: 'test' },
  ]
  await iam.send(new TagPolicyCommand({ PolicyArn, Tags }))
  await iam.send(new UntagPolicyCommand({ PolicyArn, TagKeys: ['team'] }))
  const first = await iam.send(new ListPolicyTagsCommand({ PolicyArn, MaxItems: 1 }))
  expect(first.IsTruncated).toBe(true)
  const rest = await iam.send(new ListPolicyTagsCommand({ PolicyArn, Marker: first.Marker }))
  expect([...(first.Tags ?? []), ...(rest.Tags ?? [])]).toEqual(expect.arrayContaining(Tags))
  await expect(iam.send(new TagPolicyCommand({ PolicyArn, Tags: [team, team] }))).rejects.toMatchObject({
    name: 'InvalidInputException',
    message: 'Duplicate tag keys found.',
  })
})

test("the keys of a role's tags are equal in any case", async () => {
  const { iam } = await runIam()
  const upper = { Key: 'TEAM', Value: 'pay' }
  await expect(createRole(iam, { Tags: [team, upper] })).rejects.toMatchObject({
    name: 'InvalidInputException',
    message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
  })
  await createRole(iam, { Tags: [team] })
  await iam.send(new TagRoleCommand({ RoleName, Tags: [upper] }))
  expect((await iam.send(new ListRoleTagsCommand({ RoleName }))).Tags).toEqual([upper])
})

test('a permissions boundary limits what a role is simulated to be allowed', async () => {
  const { iam } = await runIam()
  const { PolicyArn } = await createPolicy(iam, 's3:Get*')
  await createRole(iam)
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument: allow('s3:*') }))
  const put = (PermissionsBoundary: string | undefined) =>
    iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }))
  await expect(put(roleArn)).rejects.toMatchObject({ name: 'InvalidInputException' })
  await expect(put(absent)).rejects.toMatchObject({
    message: `Scope ARN: ${absent} does not exist or is not attachable.`,
  })
  await put(PolicyArn)
  expect((await iam.send(new GetRoleCommand({ RoleName }))).Role?.PermissionsBoundary).toEqual({
    PermissionsBoundaryArn: PolicyArn,
    PermissionsBoundaryType: 'Policy',
  })
  const simulate = async () => {
    const ActionNames = ['s3:GetObject', 's3:PutObject']
    const { EvaluationResults = [] } = await iam.send(
      new SimulatePrincipalPolicyCommand({ PolicySourceArn: roleArn, ActionNames }),
    )
    return EvaluationResults.map(({ EvalDecision }) => EvalDecision)
  }
  expect(await simulate()).toEqual(['allowed', 'implicitDeny'])
  await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
  })
  await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }))
  expect(await simulate()).toEqual(['allowed', 'allowed'])
  await iam.send(new DeletePolicyCommand({ PolicyArn }))
})

test('a broken constraint is told without the value', async () => {
  const { iam } = await runIam()
  await expect(createRole(iam, { MaxSessionDuration: 60 })).rejects.toMatchObject({
    name: 'ValidationError',
    message: expect.stringContaining("Value at 'maxSessionDuration' failed to satisfy constraint") as string,
  })
})
