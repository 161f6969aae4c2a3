import type { Operations } from '../protocol/service.ts'
import type { Constraint } from './rules.ts'
import { violationsOf } from './violations.ts'

/** The constraints of a service's inputs, as `scripts/constraints.ts` writes them. */
export interface Constraints {
  /** The name of each operation's input. */
  inputs: Readonly<Record<string, string>>
  shapes: Readonly<Record<string, Constraint>>
}

/** The service's error for an input that breaks its model. */
export type Refusal = (message: string) => Error

/** Operations that check their input against the service's model before anything else. */
export function checked(all: Operations, constraints: Constraints, refusal: Refusal): Operations {
  const checking: Operations = {}
  for (const [name, operation] of Object.entries(all)) {
    checking[name] = (input, call) => {
      checkInput(constraints, name, input, refusal)
      return operation(input, call)
    }
  }
  return checking
}

/** @throws an error that names every constraint that the input violates */
export function checkInput(
  { inputs, shapes }: Constraints,
  operation: string,
  input: object,
  refusal: Refusal,
): void {
  const name = inputs[operation]
  const violations = name === undefined ? [] : violationsOf(shapes, name, input)
  if (violations.length === 0) return
  const count = violations.length === 1 ? '1 validation error' : `${violations.length} validation errors`
  throw refusal(`${count} detected: ${violations.join('; ')}`)
}
