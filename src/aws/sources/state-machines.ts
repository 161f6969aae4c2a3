import { triggerTag } from '../../function/triggers/marks.ts'
import type { StateMachines } from '../../ports/sources/state-machines.ts'
import { isNamed } from '../answers/expected-errors.ts'
import type { Connection } from '../client/connection.ts'
import { loadService } from '../client/load-service.ts'

/** State machines over the API of Step Functions. */
export function stateMachines(connection: Connection): StateMachines {
  const api = loadService(
    connection,
    'SFN',
    () => import('@aws-sdk/client-sfn'),
    ({ SFNClient }, config) => new SFNClient(config),
  )
  return {
    async machine(arn) {
      const { call, sdk } = await api()
      const found = await unlessMissing(
        call(`read the state machine ${arn}`, new sdk.DescribeStateMachineCommand({ stateMachineArn: arn })),
      )
      if (!found || found.status === 'DELETING') return undefined
      const command = new sdk.ListTagsForResourceCommand({ resourceArn: arn })
      const { tags = [] } = await call(`read the tags of the state machine ${arn}`, command)
      const trigger = tags.find(({ key }) => key === triggerTag)?.value
      return { definition: found.definition ?? '', role: found.roleArn ?? '', trigger }
    },

    async create(arn, { definition, role, trigger }) {
      const { call, sdk } = await api()
      const command = new sdk.CreateStateMachineCommand({
        name: arn.split(':').at(-1),
        definition,
        roleArn: role,
        tags: [{ key: triggerTag, value: trigger }],
      })
      await call(`make the state machine ${arn}`, command)
    },

    async change(arn, { definition, role }) {
      const { call, sdk } = await api()
      const input = { stateMachineArn: arn, definition, roleArn: role }
      await call(`change the state machine ${arn}`, new sdk.UpdateStateMachineCommand(input))
    },

    async mark(arn, trigger) {
      const { call, sdk } = await api()
      const command = new sdk.TagResourceCommand({
        resourceArn: arn,
        tags: [{ key: triggerTag, value: trigger }],
      })
      await call(`tag the state machine ${arn}`, command)
    },
  }
}

async function unlessMissing<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer
  } catch (error) {
    if (isNamed(error, 'StateMachineDoesNotExist')) return undefined
    throw error
  }
}
