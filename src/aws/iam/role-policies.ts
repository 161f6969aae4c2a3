import type { RolePolicies, RolePolicy } from '../../ports/iam/role-policies.ts'
import type { IamApi } from './api.ts'

/** The policies of roles over IAM's API. */
export function iamRolePolicies(api: IamApi): RolePolicies {
  return {
    async of(roleArn) {
      const role = roleArn.split('/').at(-1) ?? ''
      const [inline, attached] = await Promise.all([inlineOf(api, role), attachedTo(api, role)])
      return [...inline, ...attached]
    },
  }
}

async function inlineOf(api: IamApi, RoleName: string): Promise<RolePolicy[]> {
  const { call, pages, sdk } = await api()
  const action = `read the policies of the role ${RoleName}`
  const listed = await pages(action, sdk.paginateListRolePolicies, { RoleName })
  const names = listed.flatMap(({ PolicyNames = [] }) => PolicyNames)
  return Promise.all(
    names.map(async (name) => {
      const { PolicyDocument } = await call(
        action,
        new sdk.GetRolePolicyCommand({ RoleName, PolicyName: name }),
      )
      return { name, document: decoded(PolicyDocument) }
    }),
  )
}

async function attachedTo(api: IamApi, RoleName: string): Promise<RolePolicy[]> {
  const { pages, sdk } = await api()
  const action = `read the policies of the role ${RoleName}`
  const listed = await pages(action, sdk.paginateListAttachedRolePolicies, { RoleName })
  const policies = listed.flatMap(({ AttachedPolicies = [] }) => AttachedPolicies)
  return Promise.all(
    policies.map(({ PolicyName: name = '', PolicyArn: arn = '' }) => managed(api, name, arn)),
  )
}

async function managed(api: IamApi, name: string, arn: string): Promise<RolePolicy> {
  const { call, sdk } = await api()
  const action = `read the policy ${name}`
  const { Policy } = await call(action, new sdk.GetPolicyCommand({ PolicyArn: arn }))
  const version = Policy?.DefaultVersionId ?? ''
  const { PolicyVersion } = await call(
    action,
    new sdk.GetPolicyVersionCommand({ PolicyArn: arn, VersionId: version }),
  )
  return { name, arn, version, document: decoded(PolicyVersion?.Document) }
}

/** IAM encodes documents as in an address. */
function decoded(document = ''): string {
  return decodeURIComponent(document)
}
