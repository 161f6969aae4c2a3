import type {
  CreateTableInput,
  CreateTableOutput,
  DeleteTableInput,
  DeleteTableOutput,
  DescribeContinuousBackupsInput,
  DescribeContinuousBackupsOutput,
  DescribeTableInput,
  DescribeTableOutput,
  StreamSpecification,
  TableDescription,
  UpdateTableInput,
  UpdateTableOutput,
} from '@aws-sdk/client-dynamodb'
import type { Call, Operations } from '../../protocol/service.ts'
import type { Ask } from '../engine/engine.ts'
import type { StreamStore } from '../streams/stream-store.ts'
import type { TablesContext } from './context.ts'
import { refuseDropped } from './dropped.ts'
import { validation } from './errors.ts'
import { fromJson, toJson } from './json.ts'

/** Operations of tables, which have a stream if they want one. */
export function tableOperations({ engine, streams, timesToLive }: TablesContext): Operations {
  return {
    CreateTable: (input: CreateTableInput, call): Promise<CreateTableOutput> => {
      refuseDropped('CreateTable', input)
      const { StreamSpecification, Tags, ...own } = input
      if (StreamSpecification) checkSpecification(StreamSpecification, atMaking)
      return engine(call).inTurn(async (ask) => {
        const { TableDescription: made } = fromJson(
          await ask('CreateTable', toJson(own)),
        ) as CreateTableOutput
        if (Tags && Tags.length > 0) await ask('TagResource', { ResourceArn: made?.TableArn, Tags })
        if (StreamSpecification?.StreamEnabled === true)
          setStream(streams, made, { specification: StreamSpecification, call })
        return { TableDescription: withStream(streams, made, call) }
      })
    },
    // Terraform asks for it.
    DescribeContinuousBackups: (
      { TableName }: DescribeContinuousBackupsInput,
      call,
    ): Promise<DescribeContinuousBackupsOutput> =>
      engine(call).inTurn(async (ask) => {
        await describe(ask, TableName)
        return {
          ContinuousBackupsDescription: {
            ContinuousBackupsStatus: 'ENABLED',
            PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
          },
        }
      }),
    DescribeTable: (input: DescribeTableInput, call): Promise<DescribeTableOutput> =>
      engine(call).inTurn(async (ask) => ({
        Table: withStream(streams, await describe(ask, input.TableName), call),
      })),
    UpdateTable: (input: UpdateTableInput, call): Promise<UpdateTableOutput> => {
      refuseDropped('UpdateTable', input)
      checkUpdate(input)
      const { StreamSpecification, ...own } = input
      return engine(call).inTurn(async (ask) => {
        const isOnlyStream = StreamSpecification !== undefined && !hasMore(own)
        const table = isOnlyStream
          ? await describe(ask, input.TableName)
          : (fromJson(await ask('UpdateTable', toJson(own))) as UpdateTableOutput).TableDescription
        if (StreamSpecification) setStream(streams, table, { specification: StreamSpecification, call })
        return { TableDescription: withStream(streams, table, call) }
      })
    },
    DeleteTable: (input: DeleteTableInput, call): Promise<DeleteTableOutput> =>
      engine(call).inTurn(async (ask) => {
        const output = fromJson(await ask('DeleteTable', toJson(input))) as DeleteTableOutput
        const { TableName: table = '' } = output.TableDescription ?? {}
        const TableDescription = withStream(streams, output.TableDescription, call)
        streams.disable(call.region, table)
        timesToLive.delete(`${call.region}/${table}`)
        return { TableDescription }
      }),
  }
}

export async function describe(ask: Ask, TableName: string | undefined): Promise<TableDescription> {
  return (fromJson(await ask('DescribeTable', { TableName })) as DescribeTableOutput).Table ?? {}
}

function hasMore({ TableName: _, ...own }: object & { TableName?: unknown }): boolean {
  return Object.values(own).some((value) => value !== undefined)
}

const invalid = 'One or more parameter values were invalid: '

/** @throws ServiceError 400 */
function checkSpecification(
  { StreamEnabled, StreamViewType }: StreamSpecification,
  texts: { enabled: string; disabled: string },
): void {
  if (StreamEnabled === undefined)
    throw validation(
      "1 validation error detected: Value null at 'streamSpecification.streamEnabled' failed to satisfy constraint: Member must not be null",
    )
  if (StreamEnabled !== (StreamViewType !== undefined))
    throw validation(`${invalid}${StreamEnabled ? texts.enabled : texts.disabled}`)
}

const atMaking = {
  enabled: 'Table is being created with a stream enabled, UpdateViewType is required',
  disabled: 'Table is being created with a stream disabled, UpdateViewType should not be specified',
}
const later = {
  enabled: 'If stream is being enabled then UpdateViewType is required',
  disabled: 'If stream is being disabled, then UpdateViewType must not be specified',
}

/** @throws ServiceError 400 */
function checkUpdate({ StreamSpecification, ProvisionedThroughput, BillingMode }: UpdateTableInput): void {
  if (!StreamSpecification) return
  checkSpecification(StreamSpecification, later)
  if (ProvisionedThroughput || BillingMode === 'PROVISIONED')
    throw validation(`${invalid}You cannot modify stream status while updating table IOPS`)
}

/** @throws ServiceError 400 if the table has a stream already, or has none to disable */
function setStream(
  streams: StreamStore,
  description: TableDescription = {},
  {
    specification: { StreamEnabled, StreamViewType: viewType },
    call: { region },
  }: { specification: StreamSpecification; call: Call },
): void {
  const { TableName: table = '', TableArn: arn = '', TableId: tableId = '' } = description
  const isEnabled = streams.enabled(region, table) !== undefined
  if (StreamEnabled === true) {
    if (isEnabled) throw validation(`Table already has an enabled stream: TableName: ${table}`)
    const { KeySchema: keySchema = [] } = description
    if (viewType) streams.enable(arn, { region, table, tableId, viewType, keySchema })
  } else {
    if (!isEnabled) throw validation(`Table has no stream to disable: TableName: ${table}`)
    streams.disable(region, table)
  }
}

/** The description of a table with its last stream, which is not that of an earlier table with its name. */
function withStream(
  streams: StreamStore,
  table: TableDescription | undefined,
  { region }: Call,
): TableDescription {
  const stream = streams.latest(region, table?.TableName ?? '')?.stream
  if (stream?.tableId !== table?.TableId || !stream) return { ...table }
  return {
    ...table,
    LatestStreamArn: stream.arn,
    LatestStreamLabel: stream.label,
    ...(stream.disabled === undefined && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: stream.viewType },
    }),
  }
}
