import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { documentOf, lambdaTrust } from '../../sandbox/iam/running-iam.ts'
import { clientSettings } from '../sandbox.ts'
import type { Guarded } from './guarded.ts'
import { plainFunction, type Shop } from './shop.ts'

/** Examines, by a session of a role, a function whose role has policies of both kinds. */
export async function judgeRoles(it: Shop, { sandbox }: Guarded): Promise<void> {
  const iam = new IAMClient(clientSettings(sandbox.url))
  const PolicyDocument = documentOf({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' })
  const RoleName = 'app'
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: lambdaTrust }))
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument }))
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'shared', PolicyDocument }))
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: Policy?.Arn }))
  await it.write(plainFunction)
  await it.runs('deploy', '-e test')
  Object.assign(it.place.env, await sessionOf(iam, sandbox.url))
  await it.runs('doctor', '-e test')
}

async function sessionOf(iam: IAMClient, url: string): Promise<NodeJS.ProcessEnv> {
  const Principal = { AWS: 'arn:aws:iam::000000000000:root' }
  const AssumeRolePolicyDocument = documentOf({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' })
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'ci', AssumeRolePolicyDocument }))
  const asked = new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'ada' })
  const { Credentials: keys } = await new STSClient(clientSettings(url)).send(asked)
  return {
    AWS_ACCESS_KEY_ID: keys?.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: keys?.SecretAccessKey,
    AWS_SESSION_TOKEN: keys?.SessionToken,
  }
}
