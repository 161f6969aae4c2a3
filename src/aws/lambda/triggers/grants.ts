import { AddPermissionCommand, GetPolicyCommand, RemovePermissionCommand } from '@aws-sdk/client-lambda'
import type { Grant } from '../../../function/attachments/callers.ts'
import type { Triggers } from '../../../ports/triggers.ts'
import { ifThere, isWithItself } from '../../answers/expected-errors.ts'
import type { LambdaApi } from '../api.ts'
import { statementsOf } from '../policy-statements.ts'

/** A statement of a resource policy, as far as it is read. */
interface Statement {
  Sid?: string
  Effect?: string
  Principal?: string | Readonly<Record<string, string | readonly string[]>>
  Action?: string | readonly string[]
  Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** Permissions to invoke over the Lambda API. */
export function invokeGrants({ call }: LambdaApi): Pick<Triggers, 'grants' | 'grant' | 'revoke'> {
  return {
    async grants(functionName, qualifier) {
      const name = qualifier === undefined ? functionName : `${functionName}:${qualifier}`
      const input = { FunctionName: functionName, ...(qualifier !== undefined && { Qualifier: qualifier }) }
      const command = new GetPolicyCommand(input)
      const answer = await ifThere(call(`read the resource policy of ${name}`, command))
      return statementsOf<Statement>(answer?.Policy)
        .filter(letsInvoke)
        .map((statement) => toGrant(statement, qualifier))
    },

    async grant(functionName, qualifier, { statement, principal, sourceArn, sourceAccount }) {
      const command = new AddPermissionCommand({
        FunctionName: functionName,
        Qualifier: qualifier,
        StatementId: statement,
        Action: 'lambda:InvokeFunction',
        Principal: principal,
        ...(sourceArn !== undefined && { SourceArn: sourceArn }),
        ...(sourceAccount !== undefined && { SourceAccount: sourceAccount }),
      })
      const action = `let ${principal} invoke ${functionName}:${qualifier}`
      await call(action, command).catch((error: unknown) => {
        // A try without an answer has made it.
        if (!isWithItself(error)) throw error
      })
    },

    async revoke(functionName, qualifier, statement) {
      const input = { FunctionName: functionName, Qualifier: qualifier, StatementId: statement }
      const action = `remove the permission ${statement} of ${functionName}:${qualifier}`
      await ifThere(call(action, new RemovePermissionCommand(input)))
    },
  }
}

function letsInvoke({ Effect, Action = [] }: Statement): boolean {
  const actions = [Action].flat()
  return Effect === 'Allow' && actions.some((action) => /^(?:\*|lambda:(?:\*|Invoke.*))$/i.test(action))
}

function toGrant(statement: Statement, qualifier: string | undefined): Grant {
  const { Sid, Condition = {}, Action } = statement
  const conditions = Object.values(Condition).flatMap((each) => Object.entries(each))
  const valueOf = (name: string) =>
    conditions.find(([key, value]) => key.toLowerCase() === name && typeof value === 'string')?.[1] as
      | string
      | undefined
  const sourceArn = valueOf('aws:sourcearn')
  const sourceAccount = valueOf('aws:sourceaccount')
  const understood = [sourceArn, sourceAccount].filter((value) => value !== undefined).length
  return {
    qualifier,
    ...(Sid && { statement: Sid }),
    principal: principalsOf(statement).join(', '),
    ...(sourceArn !== undefined && { sourceArn }),
    ...(sourceAccount !== undefined && { sourceAccount }),
    isOfUrl: isOfUrl(statement),
    isPlain:
      Sid !== undefined &&
      Action === 'lambda:InvokeFunction' &&
      principalsOf(statement).length === 1 &&
      conditions.length === understood,
  }
}

function principalsOf({ Principal = {} }: Statement): string[] {
  return typeof Principal === 'string' ? [Principal] : Object.values(Principal).flat()
}

/** A URL needs two statements: one to call it, and one to invoke the function by it. */
export function isOfUrl({ Action = [], Condition = {} }: Pick<Statement, 'Action' | 'Condition'>): boolean {
  const conditions = Object.values(Condition).flatMap(Object.keys)
  return (
    [Action].flat().includes('lambda:InvokeFunctionUrl') ||
    conditions.includes('lambda:InvokedViaFunctionUrl')
  )
}
