import { ServiceError } from '../../protocol/service-error.ts'

export type OneOrMore = string | readonly string[]

/** A statement of a policy. */
export interface Statement {
  Sid?: string
  Effect: 'Allow' | 'Deny'
  Action?: OneOrMore
  NotAction?: OneOrMore
  Resource?: OneOrMore
  NotResource?: OneOrMore
  Principal?: '*' | Readonly<Record<string, OneOrMore>>
  NotPrincipal?: '*' | Readonly<Record<string, OneOrMore>>
  Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>
}

/** A policy, checked for its members and their types. */
export interface PolicyDocument {
  Version?: string
  Id?: string
  Statement: Statement | readonly Statement[]
}

/** Reads the statements of a document that was checked when it was kept. */
export function statementsOf(text: string): readonly Statement[] {
  return statementList(JSON.parse(text) as PolicyDocument)
}

export function statementList({ Statement: given }: PolicyDocument): readonly Statement[] {
  return Array.isArray(given) ? (given as readonly Statement[]) : [given as Statement]
}

export function listOf(value: OneOrMore | undefined): readonly string[] {
  if (value === undefined) return []
  return typeof value === 'string' ? [value] : value
}

/** 400. */
export function malformed(message: string): ServiceError {
  return new ServiceError('MalformedPolicyDocument', 400, message)
}
