import type {
  AssociateKmsKeyRequest,
  CreateLogGroupRequest,
  DeleteLogGroupRequest,
  DeleteRetentionPolicyRequest,
  DescribeLogGroupsRequest,
  DescribeLogGroupsResponse,
  DisassociateKmsKeyRequest,
  ListLogGroupsRequest,
  ListLogGroupsResponse,
  LogGroup,
  LogGroupClass,
  PutLogGroupDeletionProtectionRequest,
  PutRetentionPolicyRequest,
} from '@aws-sdk/client-cloudwatch-logs'
import { ownEntry } from '../own-entry.ts'
import { notImplemented } from '../protocol/accepting.ts'
import type { Call, Operations } from '../protocol/service.ts'
import { brokenRule, ServiceError } from '../protocol/service-error.ts'
import { alreadyThere, invalidParameter } from './errors.ts'
import type { LogStore } from './log-store.ts'
import { checkGroupName, groupArn, groupNameOf } from './names.ts'
import { describePage } from './paging.ts'
import type { Group } from './stored-group.ts'
import { checkTags } from './tags.ts'

/** Days, from the API's reference. */
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

/** How many metric filters a group has. */
export type CountFilters = (group: Group) => number

/** CreateLogGroup, DeleteLogGroup, DescribeLogGroups, ListLogGroups and the settings of a group. */
export function groupOperations(store: LogStore, countFilters: CountFilters): Operations {
  return {
    CreateLogGroup({ logGroupName, tags = {}, ...settings }: CreateLogGroupRequest): object {
      const name = checkGroupName(logGroupName)
      const { kmsKeyId, logGroupClass, deletionProtectionEnabled } = settings
      if (store.groups.has(name)) throw alreadyThere('log group')
      const changes = { kmsKeyId, logGroupClass, deletionProtectionEnabled, tags: checkTags(tags) }
      store.change(store.addGroup(name), changes)
      return {}
    },
    DeleteLogGroup({ logGroupName }: DeleteLogGroupRequest): object {
      const group = store.group(checkGroupName(logGroupName))
      if (group.deletionProtectionEnabled) {
        const message = 'The log group has deletion protection; disable it before you delete the group.'
        throw new ServiceError('ValidationException', 400, message)
      }
      store.removeGroup(group)
      return {}
    },
    PutLogGroupDeletionProtection(input: PutLogGroupDeletionProtectionRequest): object {
      const { deletionProtectionEnabled } = input
      store.change(store.group(groupNameOf(input)), { deletionProtectionEnabled })
      return {}
    },
    AssociateKmsKey({ logGroupName, kmsKeyId, resourceIdentifier }: AssociateKmsKeyRequest): object {
      if (resourceIdentifier !== undefined) throw notImplemented('keys of query results (resourceIdentifier)')
      store.change(store.group(checkGroupName(logGroupName)), { kmsKeyId })
      return {}
    },
    DisassociateKmsKey({ logGroupName, resourceIdentifier }: DisassociateKmsKeyRequest): object {
      if (resourceIdentifier !== undefined) throw notImplemented('keys of query results (resourceIdentifier)')
      store.change(store.group(checkGroupName(logGroupName)), { kmsKeyId: undefined })
      return {}
    },
    PutRetentionPolicy({ logGroupName, retentionInDays }: PutRetentionPolicyRequest): object {
      const group = store.group(checkGroupName(logGroupName))
      if (retentionInDays === undefined || !retentions.includes(retentionInDays)) {
        throw invalidParameter(
          brokenRule(
            'retentionInDays',
            `Member must satisfy enum value set: [${retentions.join(', ')}]`,
            `'${retentionInDays}'`,
          ),
        )
      }
      store.change(group, { retentionInDays })
      return {}
    },
    DeleteRetentionPolicy({ logGroupName }: DeleteRetentionPolicyRequest): object {
      store.change(store.group(checkGroupName(logGroupName)), { retentionInDays: undefined })
      return {}
    },
    DescribeLogGroups: (input: DescribeLogGroupsRequest, call: Call) =>
      describe(store, countFilters, input, call),
    ListLogGroups: (input: ListLogGroupsRequest, call: Call) => list(store, input, call),
  }
}

function describe(
  store: LogStore,
  countFilters: CountFilters,
  input: DescribeLogGroupsRequest,
  call: Call,
): DescribeLogGroupsResponse {
  checkAccounts(input)
  const { logGroupNamePrefix, logGroupNamePattern, logGroupIdentifiers, logGroupClass } = input
  if (logGroupNamePrefix !== undefined && logGroupNamePattern !== undefined) {
    throw invalidParameter(
      'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    )
  }
  const named = logGroupIdentifiers?.map((logGroupIdentifier) => groupNameOf({ logGroupIdentifier }))
  const pattern = logGroupNamePattern?.toLowerCase() ?? ''
  const groups = [...store.groups.values()]
    .filter(({ name }) => name.startsWith(logGroupNamePrefix ?? '') && name.toLowerCase().includes(pattern))
    .filter(({ name }) => named?.includes(name) ?? true)
    .filter((group) => logGroupClass === undefined || classOf(group) === logGroupClass)
  const { page, ...token } = describePage(groups, ({ name }) => name, input)
  const logGroups = page.map((group) => ({
    ...described(group, call),
    metricFilterCount: countFilters(group),
    // As in AWS's recorded answers, a search by a part of the name does not tell these two.
    ...(logGroupNamePattern === undefined && {
      storedBytes: group.stored,
      deletionProtectionEnabled: group.deletionProtectionEnabled ?? false,
    }),
  }))
  return { logGroups, ...token }
}

function described(group: Group, call: Call): LogGroup {
  const arn = groupArn(call, group.name)
  return {
    logGroupName: group.name,
    creationTime: group.created,
    ...(group.retentionInDays !== undefined && { retentionInDays: group.retentionInDays }),
    ...(group.kmsKeyId !== undefined && { kmsKeyId: group.kmsKeyId }),
    arn: `${arn}:*`,
    logGroupClass: classOf(group),
    logGroupArn: arn,
  }
}

function classOf({ logGroupClass = 'STANDARD' }: Group): LogGroupClass {
  return logGroupClass as LogGroupClass
}

/** ListLogGroups: up to five parts of names with `|` between them; `^` marks a beginning. */
function list(store: LogStore, input: ListLogGroupsRequest, call: Call): ListLogGroupsResponse {
  const { logGroupNamePattern: pattern, logGroupClass, logGroupTags = [] } = input
  checkAccounts(input)
  if (input.dataSources ?? input.fieldIndexNames)
    throw notImplemented('lists of groups by data source or by index')
  const wanted = pattern?.split('|') ?? ['']
  const matches = (name: string) =>
    wanted.some((part) => (part.startsWith('^') ? name.startsWith(part.slice(1)) : name.includes(part)))
  const groups = [...store.groups.values()]
    .filter(({ name }) => matches(name))
    .filter((group) => logGroupClass === undefined || classOf(group) === logGroupClass)
    .filter(({ tags = {} }) =>
      logGroupTags.every(({ key = '', values }) => {
        const value = ownEntry(tags, key)
        return value !== undefined && (!values?.length || values.includes(value))
      }),
    )
  const { page, ...token } = describePage(groups, ({ name }) => name, input)
  const logGroups = page.map((group) => ({
    logGroupName: group.name,
    logGroupArn: groupArn(call, group.name),
    logGroupClass: classOf(group),
  }))
  return { logGroups, ...token }
}

/** No account is linked to the sandbox's. */
function checkAccounts({ accountIdentifiers }: { accountIdentifiers?: string[] | undefined }): void {
  if (accountIdentifiers?.length) throw notImplemented('log groups of other accounts (accountIdentifiers)')
}
