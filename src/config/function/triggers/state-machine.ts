import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { LambdactlError } from '../../../errors/error.ts'
import type { StateMachineTrigger } from '../../../function/triggers/wanted.ts'
import { filledText, text, type Written } from '../../values/fields.ts'
import type { Position } from '../../values/position.ts'
import { commonOf, commonShape, sourceText } from './common.ts'

export const stateMachineShape = {
  stepFunctions: sourceText("a state machine's name").describe(
    'A state machine of Step Functions, by its name: lambdactl makes it.',
  ),
  definition: text('the path of a file').describe(
    'The file of its definition, JSON of the Amazon States Language; ${alias} in it is the ARN of the alias.',
  ),
  role: filledText("a role's ARN", /^arn:aws[a-z-]*:iam::\d{12}:role\/./).describe(
    'The ARN of its role, which may invoke the alias.',
  ),
  ...commonShape,
}

/** @throws LambdactlError CONFIG_INVALID for a definition that can't be read */
export function stateMachineTrigger(
  name: string,
  fields: Written<typeof stateMachineShape>,
  at: Position,
): StateMachineTrigger {
  return {
    ...commonOf(name, fields),
    kind: 'stepFunctions',
    source: at.fill(fields.stepFunctions, 'stepFunctions'),
    definition: definitionIn(at.fill(fields.definition, 'definition'), at),
    role: at.fill(fields.role, 'role'),
  }
}

function definitionIn(path: string, at: Position): string {
  try {
    const content = readFileSync(resolve(at.directory, path), 'utf8')
    JSON.parse(content)
    return content
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new LambdactlError(
      'CONFIG_INVALID',
      `${at.place('definition')}: expected a file with JSON of a state machine, got ${JSON.stringify(path)}: ${why}`,
    )
  }
}
