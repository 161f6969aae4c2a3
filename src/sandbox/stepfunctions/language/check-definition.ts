import { StateMachine } from 'aws-local-stepfunctions'
import { invalidDefinition, notRun } from '../errors.ts'
import { allStates, type Definition, type State } from './definition.ts'

/**
 * Reads a definition.
 *
 * @throws ServiceError 400 for an invalid one, 501 for one that the sandbox can't run as AWS does
 */
export function readDefinition(text: string | undefined): Definition {
  const definition = parsed(text)
  validate(definition)
  if (definition.QueryLanguage === 'JSONata')
    throw notRun('definitions in JSONata; it runs those in JSONPath')
  for (const [name, state] of allStates(definition)) {
    const reason = whyNotRun(state)
    if (reason !== undefined) throw notRun(`${reason} (${name})`)
  }
  return definition
}

function validate(definition: Definition): void {
  try {
    return void new StateMachine(definition as never)
  } catch (error) {
    throw invalidDefinition(`SCHEMA_VALIDATION_FAILED: ${String(error)}`)
  }
}

function parsed(text: string | undefined): Definition {
  try {
    return JSON.parse(text ?? '') as Definition
  } catch (error) {
    throw invalidDefinition(`INVALID_JSON_DESCRIPTION: ${String(error)}`)
  }
}

/** A task of Lambda: the plain ARN of a function, or the integration that waits for its answer. */
const lambdaTask = /^arn:[^:]+:(?:lambda:[^:]+:\d{12}:function:.+|states:[^:]*:[^:]*:lambda:invoke)$/

function whyNotRun({ Type, Resource = '', QueryLanguage, ItemReader }: State): string | undefined {
  if (QueryLanguage === 'JSONata') return 'states in JSONata; it runs those in JSONPath'
  if (ItemReader) return 'Map states that read their items from S3'
  if (Type === 'Task' && !lambdaTask.test(Resource)) return `tasks of ${Resource}; it runs those of Lambda`
  return undefined
}
