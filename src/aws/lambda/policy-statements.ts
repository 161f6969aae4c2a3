import { translate } from '../answers/translate.ts'
import { Unreadable } from '../answers/unreadable.ts'

/**
 * The statements of a resource policy, as GetPolicy gives it in an answer of its own.
 *
 * @param policy JSON; undefined: there is none
 * @throws LambdactlError UNREACHABLE where it is no policy
 */
export function statementsOf<Statement>(policy = '{}'): Statement[] {
  try {
    return (JSON.parse(policy) as { Statement?: Statement[] }).Statement ?? []
  } catch {
    throw translate(new Unreadable('a document without a resource policy'), 'read a resource policy')
  }
}
