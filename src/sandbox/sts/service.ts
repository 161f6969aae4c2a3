import * as sts from '@aws-sdk/client-sts'
import { type Call, operationSchemas, type Service } from '../protocol/service.ts'

/** STS: GetCallerIdentity, the first call of every credential check. */
export function stsService(): Service {
  return {
    signingName: 'sts',
    protocol: {
      kind: 'awsQuery',
      version: '2011-06-15',
      xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    },
    schemas: operationSchemas(sts),
    operations: { GetCallerIdentity: getCallerIdentity },
  }
}

function getCallerIdentity(_input: object, call: Call): sts.GetCallerIdentityResponse {
  return { UserId: 'AIDASANDBOX', Account: call.account, Arn: `arn:aws:iam::${call.account}:user/sandbox` }
}
