import type { LogGroups } from '../../ports/logs/log-groups.ts'
import { ifThere, orThere } from '../answers/expected-errors.ts'
import type { LogsApi } from './api.ts'

/** Log groups over the CloudWatch Logs API. */
export function cloudWatchLogGroups(api: LogsApi): LogGroups {
  return {
    async retention(group) {
      const { call, sdk } = await api()
      // A group sorts before all others that begin with its name, so it is on the first page.
      const command = new sdk.DescribeLogGroupsCommand({ logGroupNamePrefix: group })
      const { logGroups = [] } = await call(`read the retention of the log group ${group}`, command)
      const found = logGroups.find(({ logGroupName }) => logGroupName === group)
      return found && (found.retentionInDays ?? null)
    },
    async create(group) {
      const { call, sdk } = await api()
      await orThere(
        call(`create the log group ${group}`, new sdk.CreateLogGroupCommand({ logGroupName: group })),
      )
    },
    async delete(group) {
      const { call, sdk } = await api()
      const command = new sdk.DeleteLogGroupCommand({ logGroupName: group })
      await ifThere(call(`delete the log group ${group}`, command))
    },
    async keep(group, days) {
      const { call, sdk } = await api()
      const action = `set the retention of the log group ${group}`
      if (days === null) await call(action, new sdk.DeleteRetentionPolicyCommand({ logGroupName: group }))
      else
        await call(action, new sdk.PutRetentionPolicyCommand({ logGroupName: group, retentionInDays: days }))
    },
  }
}
