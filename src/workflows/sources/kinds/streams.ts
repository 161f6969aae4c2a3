import { type StreamTrigger, sourceArn } from '../../../function/triggers/wanted.ts'
import { awsCommand } from '../../run/run.ts'
import type { FoundSource, TriggerContext } from '../context.ts'
import { sourceMissing } from '../words.ts'

/** Finds the stream of a trigger. One of another account is Lambda's to check. */
export function streamSource(context: TriggerContext, trigger: StreamTrigger): Promise<FoundSource> {
  return trigger.kind === 'kinesis' ? kinesisSource(context, trigger) : tableSource(context, trigger)
}

async function kinesisSource(
  { run, target, place }: TriggerContext,
  { name, source }: StreamTrigger,
): Promise<FoundSource> {
  const arn = sourceArn(place, 'kinesis', source, 'stream/')
  const [, , , region, account, path = ''] = arn.split(':')
  if (account !== place.account || (await run.aws.streams.isThere(arn))) return { arn }
  const stream = path.replace(/^stream\//, '')
  const make = awsCommand(target, 'kinesis create-stream', ['--stream-name', stream])
  return sourceMissing(name, `Kinesis stream ${stream} in ${region} of account ${account}`, make)
}

/** The ARN of a table's stream has the time of its making, so the file may name the table. */
async function tableSource(
  { run, target, place }: TriggerContext,
  { name, source }: StreamTrigger,
): Promise<FoundSource> {
  if (source.startsWith('arn:')) return { arn: source }
  const table = await run.aws.streams.table(source)
  if (table?.stream !== undefined) return { arn: table.stream }
  if (!table) {
    const words = ['--table-name', source, '--key-schema', 'AttributeName=id,KeyType=HASH']
    const types = ['--attribute-definitions', 'AttributeName=id,AttributeType=S']
    const more = ['--billing-mode', 'PAY_PER_REQUEST', ...streamWords]
    const make = awsCommand(target, 'dynamodb create-table', [...words, ...types, ...more])
    return sourceMissing(name, `table ${source} in ${place.region} of account ${place.account}`, make)
  }
  const enable = awsCommand(target, 'dynamodb update-table', ['--table-name', source, ...streamWords])
  return { trigger: name, detail: `table ${source} has no stream`, next: [`Give it one: ${enable}`] }
}

const streamWords = ['--stream-specification', 'StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES']
