import type {
  ConditionCheck,
  Delete,
  Put,
  TransactGetItemsInput,
  TransactGetItemsOutput,
  TransactWriteItem,
  TransactWriteItemsInput,
  Update,
} from '@aws-sdk/client-dynamodb'
import type { Call, Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import type { Action, Json } from '../engine/actions.ts'
import type { Ask } from '../engine/engine.ts'
import type { TablesContext } from './context.ts'
import { refuseDropped } from './dropped.ts'
import { notFound, validation } from './errors.ts'
import { keyOf, writeItem } from './items.ts'
import { fromJson, toJson } from './json.ts'
import { describe } from './tables.ts'
import { type Tokens, tokensOf } from './tokens.ts'

export function transactionOperations(context: TablesContext): Operations {
  const tokens = tokensOf(context.clock)
  return {
    TransactWriteItems: (input: TransactWriteItemsInput, call) => transactWrite(context, tokens, input, call),
    TransactGetItems: (input: TransactGetItemsInput, call): Promise<TransactGetItemsOutput> => {
      refuseDropped('TransactGetItems', input)
      return context.engine(call).inTurn(async (ask) => {
        const Responses: Json[] = []
        for (const { Get } of input.TransactItems ?? []) {
          if (!Get) continue
          const { Item } = await ask('GetItem', toJson({ ...Get, ConsistentRead: true }))
          Responses.push(Item === undefined ? {} : { Item })
        }
        return fromJson({ Responses })
      })
    },
  }
}

/** One action of a transaction. */
interface Step {
  name: Action
  input: Put & Delete & Update
  /** The action writes nothing. */
  isCheck: boolean
}

async function transactWrite(
  { engine }: TablesContext,
  tokens: Tokens,
  input: TransactWriteItemsInput,
  call: Call,
): Promise<object> {
  refuseDropped('TransactWriteItems', input)
  const { TransactItems = [], ClientRequestToken: token } = input
  const steps = TransactItems.map(stepOf)
  return await engine(call).together(async (write, check) => {
    if (tokens.isRepeated(call.region, token, toJson({ TransactItems }))) return {}
    await refuseTwice(check, steps)
    const reasons: Reason[] = []
    for (const { name, input: asked, isCheck } of steps)
      reasons.push(await attempt(() => writeItem(check, name, asked, isCheck ? check : write)))
    if (reasons.some(({ Code }) => Code !== 'None')) throw cancelled(reasons)
    tokens.keep(call.region, token, toJson({ TransactItems }))
    return {}
  })
}

/** @throws ServiceError 400 for an element without one action */
function stepOf({
  Put: put,
  Update: update,
  Delete: remove,
  ConditionCheck: check,
}: TransactWriteItem): Step {
  const given: [Action, Put | Update | Delete | ConditionCheck | undefined][] = [
    ['PutItem', put],
    ['UpdateItem', update],
    // A deletion has a condition as its only part, as a check has.
    ['DeleteItem', remove],
    ['DeleteItem', check],
  ]
  const [only, ...others] = given.filter(([, input]) => input !== undefined)
  if (!only?.[1] || others.length > 0)
    throw validation('TransactItems can only contain one of Check, Put, Update or Delete')
  return { name: only[0], input: only[1] as Step['input'], isCheck: check !== undefined }
}

/** @throws ServiceError 400 if a table is missing, or two actions are for the same item */
async function refuseTwice(ask: Ask, steps: readonly Step[]): Promise<void> {
  const seen = new Set<string>()
  for (const { input } of steps) {
    const { TableName } = input
    const { KeySchema, TableStatus } = await describe(ask, TableName)
    if (TableStatus === undefined) throw notFound(`Table: ${TableName} not found`)
    const key = Object.entries(toJson(keyOf(input, KeySchema))).toSorted(([one], [other]) =>
      one < other ? -1 : 1,
    )
    const item = JSON.stringify([TableName, key])
    if (seen.has(item)) throw validation('Transaction request cannot include multiple operations on one item')
    seen.add(item)
  }
}

/** The reason why an action cancels its transaction; `None` for one that does not. */
interface Reason {
  Code: 'None' | 'ConditionalCheckFailed' | 'ValidationError'
  Message?: string
  Item?: unknown
}

async function attempt(work: () => Promise<unknown>): Promise<Reason> {
  try {
    await work()
    return { Code: 'None' }
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    const { code, message: Message, details } = error
    if (code === 'ConditionalCheckFailedException')
      return { ...details, Code: 'ConditionalCheckFailed', Message }
    if (code === 'ValidationException') return { Code: 'ValidationError', Message }
    throw error
  }
}

function cancelled(CancellationReasons: readonly Reason[]): ServiceError {
  const codes = CancellationReasons.map(({ Code }) => Code).join(', ')
  return new ServiceError(
    'TransactionCanceledException',
    400,
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { CancellationReasons },
  )
}
