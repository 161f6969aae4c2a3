import type {
  CreateLogGroupRequest,
  DeleteLogGroupRequest,
  DeleteRetentionPolicyRequest,
  DescribeLogGroupsRequest,
  DescribeLogGroupsResponse,
  LogGroup,
  PutRetentionPolicyRequest,
} from '@aws-sdk/client-cloudwatch-logs'
import type { Call, Operations } from '../protocol/service.ts'
import { brokenRule } from '../protocol/service-error.ts'
import { alreadyThere, invalidParameter } from './errors.ts'
import type { LogStore } from './log-store.ts'
import { describePage } from './paging.ts'
import type { Group } from './stored-group.ts'

const groupName = /^[.\-_/#A-Za-z0-9]{1,512}$/

/** Days, from the API's reference. */
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

/** CreateLogGroup, DeleteLogGroup, DescribeLogGroups and the retention of a group. */
export function groupOperations(store: LogStore): Operations {
  return {
    CreateLogGroup({ logGroupName }: CreateLogGroupRequest): object {
      const name = checkName(logGroupName)
      if (store.groups.has(name)) throw alreadyThere('log group')
      store.addGroup(name)
      return {}
    },
    DeleteLogGroup({ logGroupName }: DeleteLogGroupRequest): object {
      store.removeGroup(store.group(checkName(logGroupName)))
      return {}
    },
    PutRetentionPolicy({ logGroupName, retentionInDays }: PutRetentionPolicyRequest): object {
      const group = store.group(checkName(logGroupName))
      if (retentionInDays === undefined || !retentions.includes(retentionInDays)) {
        throw invalidParameter(
          brokenRule(
            'retentionInDays',
            `Member must satisfy enum value set: [${retentions.join(', ')}]`,
            `'${retentionInDays}'`,
          ),
        )
      }
      store.retain(group, retentionInDays)
      return {}
    },
    DeleteRetentionPolicy({ logGroupName }: DeleteRetentionPolicyRequest): object {
      store.retain(store.group(checkName(logGroupName)), undefined)
      return {}
    },
    DescribeLogGroups: (input: DescribeLogGroupsRequest, call: Call) => describe(store, input, call),
  }
}

/**
 * The group's name in a `logGroupName` or a `logGroupIdentifier`, which may be an ARN.
 *
 * @throws ServiceError InvalidParameterException
 */
export function groupNameOf(input: {
  logGroupName?: string | undefined
  logGroupIdentifier?: string | undefined
}): string {
  const { logGroupName, logGroupIdentifier } = input
  if (logGroupName !== undefined && logGroupIdentifier !== undefined) {
    throw invalidParameter('LogGroupName and LogGroupIdentifier cannot be specified at the same time.')
  }
  const arn = /^arn:[^:]+:logs:[^:]*:\d*:log-group:([^:]+)(:\*)?$/.exec(logGroupIdentifier ?? '')
  return checkName(arn?.[1] ?? logGroupIdentifier ?? logGroupName)
}

function describe(store: LogStore, input: DescribeLogGroupsRequest, call: Call): DescribeLogGroupsResponse {
  const { logGroupNamePrefix, logGroupNamePattern, logGroupIdentifiers } = input
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
  const { page, ...token } = describePage(groups, ({ name }) => name, input)
  return { logGroups: page.map((group) => described(group, call)), ...token }
}

function described(group: Group, call: Call): LogGroup {
  const arn = groupArn(call, group.name)
  return {
    logGroupName: group.name,
    creationTime: group.created,
    ...(group.retentionInDays !== undefined && { retentionInDays: group.retentionInDays }),
    metricFilterCount: 0,
    arn: `${arn}:*`,
    storedBytes: group.stored,
    logGroupClass: 'STANDARD',
    logGroupArn: arn,
  }
}

export function groupArn({ region, account }: Call, name: string): string {
  return `arn:aws:logs:${region}:${account}:log-group:${name}`
}

function checkName(name: string | undefined): string {
  if (name === undefined || !groupName.test(name)) {
    throw invalidParameter(
      brokenRule(
        'logGroupName',
        'Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+',
        `'${name ?? ''}'`,
      ),
    )
  }
  return name
}
