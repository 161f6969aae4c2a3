import { AddPermissionCommand, GetPolicyCommand, RemovePermissionCommand } from '@aws-sdk/client-lambda'
import type { Attachments } from '../../ports/attachments.ts'
import { ifThere, isWithItself, orRemoved } from '../answers/expected-errors.ts'
import type { LambdaApi } from './api.ts'
import { statementsOf } from './policy-statements.ts'

/** A public URL needs both since October 2025 (Lambda's guide, "Control access to Lambda function URLs"). */
const grants = [
  { StatementId: 'lambdactl-public-url', Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' },
  { StatementId: 'lambdactl-public-invoke', Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true },
] as const

/** The parts that are read. */
interface Statement {
  Sid?: string
  Effect?: string
  Principal?: string | { AWS?: string }
  Action?: string
}

type PublicAccess = Pick<Attachments, 'publicGrants' | 'makePublic' | 'makePrivate'>

/** The permissions in an alias's resource policy for everybody who has its URL. */
export function publicAccess({ call }: LambdaApi): PublicAccess {
  /** GetPolicy has its own quota: no token is taken. */
  const statements = async (functionName: string, alias: string): Promise<Statement[]> => {
    const answer = await ifThere(
      call(
        `read the resource policy of ${functionName}:${alias}`,
        new GetPolicyCommand({ FunctionName: functionName, Qualifier: alias }),
      ),
    )
    return statementsOf<Statement>(answer?.Policy)
  }
  return {
    async publicGrants(functionName, alias) {
      const found = await statements(functionName, alias)
      return {
        complete: grants.every(({ Action }) => found.some((each) => isPublicGrant(each, Action))),
        ours: found.some(({ Sid }) => grants.some(({ StatementId }) => StatementId === Sid)),
      }
    },
    async makePublic(functionName, alias) {
      const found = await statements(functionName, alias)
      for (const grant of grants.filter(({ Action }) => !found.some((each) => isPublicGrant(each, Action)))) {
        const input = { FunctionName: functionName, Qualifier: alias, Principal: '*', ...grant }
        await call(`make the URL of ${functionName}:${alias} public`, new AddPermissionCommand(input)).catch(
          (error: unknown) => {
            // The statement has lambdactl's name, so a try without an answer has made it.
            if (!isWithItself(error)) throw error
          },
        )
      }
    },
    async makePrivate(functionName, alias) {
      const found = await statements(functionName, alias)
      for (const { StatementId } of grants.filter((grant) =>
        found.some(({ Sid }) => Sid === grant.StatementId),
      )) {
        const input = { FunctionName: functionName, Qualifier: alias, StatementId }
        await orRemoved(
          call(`make the URL of ${functionName}:${alias} private`, new RemovePermissionCommand(input)),
        )
      }
    },
  }
}

function isPublicGrant({ Effect, Principal, Action }: Statement, action: string): boolean {
  const everybody = Principal === '*' || (typeof Principal === 'object' && Principal.AWS === '*')
  return Effect === 'Allow' && everybody && Action === action
}
