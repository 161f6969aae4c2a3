import { randomUUID } from 'node:crypto'
import { hasInOrder } from './grammar/wildcards.ts'
import type { Call, Operations } from './protocol/service.ts'
import { ServiceError } from './protocol/service-error.ts'

/** The functions of the account, for services that call them. */
export interface Functions {
  /**
   * Tells whether the policy of a function lets a service call it; false for a function that does not exist.
   *
   * @param arn of the function, a version or an alias
   */
  allows(arn: string, caller: Caller): Promise<boolean>
  /** Hands an event to a function, as an asynchronous invocation. @throws ServiceError */
  send(arn: string, event: object): Promise<void>
}

/** Functions for a caller that has its event in JSON already. */
export interface JsonFunctions extends Functions {
  /** Hands an event in JSON to a function, as an asynchronous invocation. @throws ServiceError */
  sendJson(arn: string, event: string): Promise<void>
}

/** Functions for a caller that waits for their answers. */
export interface FunctionCalls extends Pick<Functions, 'allows'> {
  /** Runs a function with an event in JSON. @throws ServiceError if it could not run */
  call(arn: string, event: Uint8Array): Promise<FunctionAnswer>
}

/** The end of a run. */
interface FunctionAnswer {
  payload: Uint8Array
  /** Absent if the function did not fail. */
  functionError?: string | undefined
}

/** The service that wants to call a function. */
export interface Caller {
  /** The names of the service in policies, such as `logs.amazonaws.com`. */
  principals: readonly string[]
  /** The resource in whose name the service calls. */
  sourceArn: string
  /** The account of a resource whose ARN names none, such as a bucket. */
  sourceAccount?: string
}

interface Statement {
  Effect?: string
  Action?: string
  Principal?: string | { Service?: string }
  Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** An account without functions. */
export const noFunctions: Functions = functionsOf(() => ({}))

/** Functions by the operations of the emulated Lambda, which is asked for with each call. */
export function functionsOf(lambda: () => Operations): JsonFunctions & FunctionCalls {
  const run = async (name: string, input: object, call: Call): Promise<object> =>
    (await lambda()[name]?.(input as never, call)) ?? {}
  const invoke = async (arn: string, Payload: Uint8Array, InvocationType: string) => {
    const target = targetOf(arn)
    if (!target) throw new ServiceError('ResourceNotFoundException', 404, `Function not found: ${arn}`)
    return await run('Invoke', { ...target.input, InvocationType, Payload }, target.call)
  }
  const sendJson = async (arn: string, event: string) => {
    await invoke(arn, Buffer.from(event), 'Event')
  }
  return {
    async allows(arn, caller) {
      const target = targetOf(arn)
      if (!target) return false
      try {
        const { Policy = '{}' } = (await run('GetPolicy', target.input, target.call)) as { Policy?: string }
        const { Statement = [] } = JSON.parse(Policy) as { Statement?: Statement[] }
        return Statement.some((statement) => permits(statement, caller))
      } catch (error) {
        if (error instanceof ServiceError) return false
        throw error
      }
    },
    send: (arn, event) => sendJson(arn, JSON.stringify(event)),
    sendJson,
    async call(arn, event) {
      const answered = await invoke(arn, event, 'RequestResponse')
      const { Payload = new Uint8Array(), FunctionError } = answered as {
        Payload?: Uint8Array
        FunctionError?: string
      }
      return { payload: Payload, functionError: FunctionError }
    },
  }
}

const functionArn = /^arn:[^:]+:lambda:([^:]+):(\d{12}):function:([^:]+)(?::([^:]+))?$/

function targetOf(arn: string): { input: object; call: Call } | undefined {
  const match = functionArn.exec(arn)
  if (!match) return undefined
  const [, region = '', account = '', FunctionName, Qualifier] = match
  return { input: { FunctionName, Qualifier }, call: { account, region, requestId: randomUUID(), host: '' } }
}

/** Lambda's own policies have nothing but `Allow`, and one action each. */
function permits({ Effect, Action = '', Principal, Condition = {} }: Statement, caller: Caller): boolean {
  const service = typeof Principal === 'string' ? Principal : Principal?.Service
  if (Effect !== 'Allow' || (service !== '*' && !caller.principals.includes(service ?? ''))) return false
  if (!hasInOrder('lambda:InvokeFunction', Action.split('*'))) return false
  const values: Readonly<Record<string, string | undefined>> = {
    'aws:sourceaccount': caller.sourceAccount ?? caller.sourceArn.split(':')[4],
    'aws:sourcearn': caller.sourceArn,
  }
  return Object.values(Condition).every((tests) =>
    Object.entries(tests).every(([key, wanted]) =>
      hasInOrder(values[key.toLowerCase()] ?? '', wanted.split('*')),
    ),
  )
}
