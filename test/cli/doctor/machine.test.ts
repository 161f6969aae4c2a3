import {
  CreateRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import type { Diagnosis, Examination } from '../../../src/workflows/doctor.ts'
import { documentOf } from '../../sandbox/iam/running-iam.ts'
import { type Place, runTo } from '../cli.ts'
import { clientSettings, useSandbox } from '../sandbox.ts'
import { makeService } from '../service.ts'

const sandbox = useSandbox()

/** A shell with the keys of a session of a role. */
async function shellOf(folder: string, role: string): Promise<{ place: Place; end: Date | undefined }> {
  const sts = new STSClient(clientSettings(sandbox().url))
  const RoleArn = `arn:aws:iam::000000000000:role/${role}`
  const { Credentials: keys } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'ada' }))
  const session = {
    AWS_ACCESS_KEY_ID: keys?.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: keys?.SecretAccessKey,
    AWS_SESSION_TOKEN: keys?.SessionToken,
  }
  return { place: sandbox().place({ folder }, session), end: keys?.Expiration }
}

async function checkOf(title: string, place: Place): Promise<Diagnosis | undefined> {
  const { stdout } = await runTo(0, ['doctor', '-e', 'test', '--json'], place)
  return (JSON.parse(stdout) as Examination).checks.find((check) => check.title === title)
}

test('credentials that end within the hour are a warning; without an end they are a note', async () => {
  const { folder } = await makeService()
  const { place, end } = await shellOf(folder, 'ci')
  const arn = 'arn:aws:sts::000000000000:assumed-role/ci/ada'
  const unknown = await checkOf('credentials', place)
  expect(unknown).toMatchObject({ outcome: 'note', detail: expect.stringContaining(arn) as string })
  const AWS_CREDENTIAL_EXPIRATION = end?.toISOString()
  const told = await checkOf('credentials', { ...place, env: { ...place.env, AWS_CREDENTIAL_EXPIRATION } })
  expect(told).toMatchObject({ outcome: 'warn' })
  expect(told?.detail).toMatch(/they end in (?:59|60|1 h).* a release takes up to /)
})

test('permissions are simulated for the role of a session, with its path: which commands would fail, and for which action', async () => {
  const service = await makeService()
  const iam = new IAMClient(clientSettings(sandbox().url))
  const RoleName = 'deployer'
  const Principal = { AWS: 'arn:aws:iam::000000000000:root' }
  const AssumeRolePolicyDocument = documentOf({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' })
  await iam.send(new CreateRoleCommand({ RoleName, Path: '/ci/', AssumeRolePolicyDocument }))
  const put = (PolicyName: string, PolicyDocument: string) =>
    iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }))
  const { place } = await shellOf(service.folder, 'ci/deployer')
  await put('read', documentOf({ Effect: 'Allow', Action: ['lambda:Get*', 'lambda:List*'], Resource: '*' }))
  const reading = await checkOf('allowed commands', place)
  expect(reading?.outcome).toBe('note')
  expect(reading?.detail).toContain('arn:aws:iam::000000000000:role/ci/deployer may change nothing')

  const Condition = { StringEquals: { 'aws:PrincipalTag/team': 'shop' } }
  await put('read', documentOf({ Effect: 'Allow', Action: '*', Resource: '*' }))
  await put('no', documentOf({ Effect: 'Deny', Action: 'lambda:UpdateAlias', Resource: '*' }))
  const refused = await checkOf('allowed commands', place)
  expect(refused?.outcome).toBe('warn')
  const names =
    'deploy, canary, canary resume, canary pause, canary approve, canary promote, canary abort, rollback'
  expect(refused?.detail).toEqual(
    expect.stringMatching(new RegExp(`^8 of \\d+ commands would fail for a missing permission: ${names}$`)),
  )
  expect(refused?.next).toEqual([`For ${names}, allow lambda:UpdateAlias`])
  const words = refused?.mends?.[0]?.text.match(/'[^']+'|\S+/g)?.map((word) => word.replaceAll("'", ''))
  const { stdout: policy } = await runTo(0, words?.slice(1) ?? [], place)
  expect(policy).toContain('"lambda:UpdateAlias"')
  await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'no' }))
  expect((await checkOf('allowed commands', place))?.outcome).toBe('pass')
  await put('read', documentOf({ Effect: 'Allow', Action: '*', Resource: '*', Condition }))
  expect(await checkOf('allowed commands', place)).toMatchObject({
    outcome: 'note',
    detail: expect.stringContaining('depend on conditions (aws:PrincipalTag/team)') as string,
  })
})
