import { translate } from '../answers/translate.ts'
import { Unreadable } from '../answers/unreadable.ts'

/**
 * The statements of a resource policy from GetPolicy's answer.
 *
 * @param policy JSON; undefined: there is none
 * @throws LambdactlError UNREACHABLE if it is no policy
 */
export function statementsOf<Statement>(policy = '{}'): Statement[] {
  try {
    return (JSON.parse(policy) as { Statement?: Statement[] }).Statement ?? []
  } catch {
    throw translate(new Unreadable('a document without a resource policy'), 'read a resource policy')
  }
}
