import type { Functions } from '../../functions.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { actionEvent, topicMessage } from './action-messages.ts'
import type { Alarm, AlarmState } from './alarm.ts'
import type { AlarmBook, OnTransition } from './alarm-book.ts'
import { nameOf } from './alarm-rule.ts'

/** The name of alarms in the policies of functions. */
const principals = ['lambda.alarms.cloudwatch.amazonaws.com']

/**
 * Runs the actions of an alarm whose state changed. A function is called, if its policy lets alarms call it. There are no
 * topics at the sandbox, so nobody receives a message to one: the alarm's history keeps it.
 */
export function runActions(functions: Functions): OnTransition {
  return (book, alarm, before, now) => {
    if (alarm.definition.ActionsEnabled === false || isSuppressed(book, alarm)) return
    for (const action of actionsOf(alarm)) {
      const run = action.split(':')[2] === 'lambda' ? call(functions, action, alarm, before) : undefined
      if (run === undefined) {
        note(book, alarm, now, { action, published: topicMessage(alarm, before) })
        continue
      }
      run
        .then((error) => note(book, alarm, now, { action, error }))
        .catch((error: unknown) => console.error(error))
    }
  }
}

function actionsOf({ state, definition }: Alarm): string[] {
  const { OKActions, AlarmActions, InsufficientDataActions } = definition
  const byState = { OK: OKActions, ALARM: AlarmActions, INSUFFICIENT_DATA: InsufficientDataActions }
  return byState[state.value] ?? []
}

/** The sandbox does not wait for the suppressor, as AWS does for the suppressor's two periods. */
function isSuppressed(book: AlarmBook, alarm: Alarm): boolean {
  const suppressor = alarm.kind === 'composite' ? alarm.definition.ActionsSuppressor : undefined
  return suppressor !== undefined && book.get(nameOf(suppressor))?.state.value === 'ALARM'
}

/** @returns the error if the function was not called */
async function call(
  functions: Functions,
  action: string,
  alarm: Alarm,
  before: AlarmState,
): Promise<string | undefined> {
  if (!(await functions.allows(action, { principals, sourceArn: alarm.arn }))) {
    return 'CloudWatch Alarms is not authorized to perform: lambda:InvokeFunction on the resource because no resource-based policy allows the lambda:InvokeFunction action'
  }
  try {
    await functions.send(action, actionEvent(alarm, before))
    return undefined
  } catch (error) {
    if (error instanceof ServiceError) return error.message
    throw error
  }
}

interface Ran {
  action: string
  /** The message to a topic. */
  published?: object
  error?: string | undefined
}

function note(book: AlarmBook, alarm: Alarm, now: number, { action, published, error }: Ran): void {
  const summary =
    error === undefined
      ? `Successfully executed action ${action}`
      : `Failed to execute action ${action}. Received error: "${error}"`
  const data = {
    actionState: error === undefined ? 'Succeeded' : 'Failed',
    stateUpdateTimestamp: alarm.state.updated,
    notificationResource: action,
    ...(published && { publishedMessage: JSON.stringify({ default: JSON.stringify(published) }) }),
    ...(error !== undefined && { error }),
  }
  book.noteAction(alarm, now, { summary, data })
}
