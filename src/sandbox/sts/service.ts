import * as sts from '@aws-sdk/client-sts'
import type { FindSession } from '../front/caller.ts'
import type { MayAssume } from '../iam/policy/principal.ts'
import { type Call, operationSchemas, type Service } from '../protocol/service.ts'
import type { Persistent } from '../state/persistent.ts'
import { sessionOperations } from './assume-role.ts'
import { callerIn } from './caller.ts'
import { Sessions } from './sessions.ts'

export interface StsDependencies {
  /** Milliseconds since the epoch. */
  clock: () => number
  mayAssume: MayAssume
}

/** STS: callers, roles and temporary keys; README.md tells what it has. */
export function stsService({ clock, mayAssume }: StsDependencies): {
  service: Service
  persistent: Persistent[]
  findSession: FindSession
} {
  const sessions = new Sessions(clock)
  return {
    service: {
      signingName: 'sts',
      protocol: {
        kind: 'awsQuery',
        version: '2011-06-15',
        xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
      },
      schemas: operationSchemas(sts),
      operations: {
        GetCallerIdentity: getCallerIdentity,
        ...sessionOperations({ sessions, mayAssume, clock }),
      },
      unsigned: ['AssumeRoleWithWebIdentity'],
    },
    persistent: [sessions.kept],
    findSession: sessions.find,
  }
}

function getCallerIdentity(_input: object, call: Call): sts.GetCallerIdentityResponse {
  const { arn, userId } = callerIn(call)
  return { UserId: userId, Account: arn.split(':')[4], Arn: arn }
}
