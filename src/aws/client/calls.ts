import { untilEnded } from '../answers/end-calls.ts'
import { attempt } from '../answers/translate.ts'
import { firstAnswerMs } from '../place/first-contact.ts'
import type { Connection } from './connection.ts'
import { prepare } from './prepare.ts'

/** A command of any SDK client; of its types, its answer's alone counts. */
interface Command<Answer> {
  resolveMiddleware(...given: never[]): (request: never) => Promise<{ output: Answer }>
}

/** The SDK's own reader of the pages of an answer. */
type Paginate<Client, Input, Page> = (config: { client: Client }, input: Input) => AsyncIterable<Page>

/** The calls of one SDK client: nothing else in `aws/` sends anything to AWS by it. */
export interface Calls<Client> {
  /**
   * Makes one call: waits for its quota, lets the SDK try it up to three times, and translates its errors.
   *
   * @param action for a person; completes "Could not …": `update the alias live of shop-checkout-prod`
   */
  readonly call: <Answer>(action: string, command: Command<Answer>, signal?: AbortSignal) => Promise<Answer>
  /** Reads all pages of an answer; each is a call of its own. */
  readonly pages: <Input, Page>(
    action: string,
    paginate: Paginate<Client, Input, Page>,
    input: Input,
  ) => Promise<Page[]>
}

/** Bounds of the calls of a client. */
export interface Bounds {
  /** Whether they may be silent for long: all others give up soon an endpoint that was never heard. */
  isPatient?: boolean
  /** Resolves when an operation may be called; at once by default. */
  quota?: (operation: string) => Promise<void>
}

interface Sender {
  send(command: object, options: object): Promise<unknown>
}

/** Prepares a client for a connection, and gives the only way to call by it. */
export function callsOf<Client extends object>(
  client: Client,
  connection: Connection,
  { isPatient = false, quota }: Bounds = {},
): Calls<Client> {
  const { contact, listeners } = connection
  const sender = prepare(client, connection) as Sender
  const call: Calls<Client>['call'] = async (action, command, signal) => {
    const operation = operationOf(command)
    await quota?.(operation)
    const patience = isPatient || contact.isMade ? {} : { requestTimeout: firstAnswerMs }
    const send = (abortSignal?: AbortSignal) =>
      sender.send(command, { ...patience, ...(abortSignal && { abortSignal }) }) as Promise<never>
    return attempt(action, () => untilEnded(operation, [listeners.signal, signal], send))
  }
  return {
    call,
    pages(action, paginate, input) {
      const paged = Object.create(client, {
        send: { value: (command: Command<unknown>) => call(action, command) },
      }) as Client
      return Array.fromAsync(paginate({ client: paged }, input))
    },
  }
}

/** As AWS names it: `UpdateAlias`. */
function operationOf(command: object): string {
  const { schema } = command as { schema?: readonly unknown[] }
  return String(schema?.[2])
}
