import type { LogGroups } from '../../ports/log-groups.ts'
import { attempt } from '../answers/translate.ts'
import type { Connection } from '../client/connection.ts'
import { logsApi } from './api.ts'

/** Log groups over the CloudWatch Logs API. */
export function cloudWatchLogGroups(connection: Connection): LogGroups {
  const api = logsApi(connection)
  return {
    async retention(group) {
      const { client, DescribeLogGroupsCommand } = await api()
      // A group sorts before all others that begin with its name, so it is on the first page.
      const { logGroups = [] } = await attempt(`read the retention of the log group ${group}`, () =>
        client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: group })),
      )
      const found = logGroups.find(({ logGroupName }) => logGroupName === group)
      return found && (found.retentionInDays ?? null)
    },
    async create(group) {
      const { client, CreateLogGroupCommand } = await api()
      await attempt(`create the log group ${group}`, async () => {
        try {
          await client.send(new CreateLogGroupCommand({ logGroupName: group }))
        } catch (error) {
          // Its first line may have made it a moment before.
          if ((error as Error).name !== 'ResourceAlreadyExistsException') throw error
        }
      })
    },
    async keep(group, days) {
      const { client, DeleteRetentionPolicyCommand, PutRetentionPolicyCommand } = await api()
      await attempt(`set the retention of the log group ${group}`, async () => {
        if (days === null) await client.send(new DeleteRetentionPolicyCommand({ logGroupName: group }))
        else await client.send(new PutRetentionPolicyCommand({ logGroupName: group, retentionInDays: days }))
      })
    },
  }
}
