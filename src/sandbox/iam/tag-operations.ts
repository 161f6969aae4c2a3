import type {
  ListPolicyTagsRequest,
  ListRoleTagsRequest,
  TagPolicyRequest,
  TagRoleRequest,
  UntagPolicyRequest,
  UntagRoleRequest,
} from '@aws-sdk/client-iam'
import { accepting } from '../protocol/accepting.ts'
import type { Operations } from '../protocol/service.ts'
import { iamPage } from './paging.ts'
import { type IamContext, requirePolicy, requireRole } from './records.ts'
import { policyTags, roleTags, type Tags, tagList, without } from './tags.ts'

/** The tags of roles, whose keys are equal in any case, and of policies, whose keys are not. */
export function tagOperations(context: IamContext): Operations {
  return { ...ofRoles(context), ...ofPolicies(context) }
}

function ofRoles(context: IamContext): Operations {
  const change = (name: string | undefined, keys: readonly string[], added: Tags = {}) => {
    const role = requireRole(context, name)
    context.roles.set(role.name, {
      ...role,
      tags: { ...without(role.tags, keys, isSameInAnyCase), ...added },
    })
    return {}
  }
  return {
    TagRole: accepting<TagRoleRequest>(['RoleName', 'Tags'], ({ RoleName, Tags }) => {
      const added = roleTags(Tags)
      return change(RoleName, Object.keys(added), added)
    }),
    UntagRole: accepting<UntagRoleRequest>(['RoleName', 'TagKeys'], ({ RoleName, TagKeys = [] }) =>
      change(RoleName, TagKeys),
    ),
    ListRoleTags: accepting<ListRoleTagsRequest>(['RoleName', 'Marker', 'MaxItems'], (input) =>
      pageOfTags(requireRole(context, input.RoleName).tags, input),
    ),
  }
}

function ofPolicies(context: IamContext): Operations {
  const change = (arn: string | undefined, keys: readonly string[], added: Tags = {}) => {
    const policy = requirePolicy(context, arn)
    context.policies.set(policy.arn, {
      ...policy,
      tags: { ...without(policy.tags, keys, Object.is), ...added },
    })
    return {}
  }
  return {
    TagPolicy: accepting<TagPolicyRequest>(['PolicyArn', 'Tags'], ({ PolicyArn, Tags }) => {
      const added = policyTags(Tags)
      return change(PolicyArn, Object.keys(added), added)
    }),
    UntagPolicy: accepting<UntagPolicyRequest>(['PolicyArn', 'TagKeys'], ({ PolicyArn, TagKeys = [] }) =>
      change(PolicyArn, TagKeys),
    ),
    ListPolicyTags: accepting<ListPolicyTagsRequest>(['PolicyArn', 'Marker', 'MaxItems'], (input) =>
      pageOfTags(requirePolicy(context, input.PolicyArn).tags, input),
    ),
  }
}

function pageOfTags(tags: Tags, input: Parameters<typeof iamPage>[2]) {
  const { items, more } = iamPage(tagList(tags), ({ Key }) => Key, input)
  return { Tags: items, ...more }
}

function isSameInAnyCase(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
