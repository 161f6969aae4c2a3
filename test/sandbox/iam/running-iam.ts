import { IAMClient } from '@aws-sdk/client-iam'
import { onTestFinished } from 'vitest'
import { iamService } from '../../../src/sandbox/iam/service.ts'
import { clientSettings, serve } from '../serve.ts'

/** IAM on a free port. */
export async function runIam() {
  const part = iamService(() => Date.parse('2026-11-21T10:00:00Z'))
  const server = await serve([part.service], '123456789012')
  const iam = new IAMClient(clientSettings(server.endpoint, 'us-east-1'))
  onTestFinished(async () => {
    iam.destroy()
    await server.close()
  })
  return { iam, mayAssume: part.mayAssume }
}

export const documentOf = (...statements: object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements })

/** A trust policy for Lambda. */
export const lambdaTrust = documentOf({
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
})
