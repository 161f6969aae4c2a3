import { ServiceError } from '../../protocol/service-error.ts'
import constraints from './constraints.json' with { type: 'json' }
import type { Constraint } from './rules.ts'
import { violationsOf } from './violations.ts'

const { inputs, shapes } = constraints as {
  inputs: Readonly<Record<string, string>>
  shapes: Readonly<Record<string, Constraint>>
}

/**
 * Checks an input against the constraints of Lambda's model, before anything else. The error names every violated one.
 *
 * @throws ServiceError 400
 */
export function checkInput(operation: string, input: object): void {
  const name = inputs[operation]
  const violations = name === undefined ? [] : violationsOf(shapes, name, input)
  if (violations.length === 0) return
  const count = violations.length === 1 ? '1 validation error' : `${violations.length} validation errors`
  throw new ServiceError('ValidationException', 400, `${count} detected: ${violations.join('; ')}`)
}
