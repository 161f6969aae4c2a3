import { ServiceError } from '../../protocol/service-error.ts'

/** The error of a query that can't be read. @param at the place in the query, from 0 */
export function malformed(message: string, at: number): ServiceError {
  return new ServiceError('MalformedQueryException', 400, `${message} at position ${at + 1}`)
}
