import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SSMClient } from '@aws-sdk/client-ssm'
import { onTestFinished } from 'vitest'
import { secretsManagerService } from '../../../src/sandbox/secretsmanager/service.ts'
import { ssmService } from '../../../src/sandbox/ssm/service.ts'
import { clientSettings, serve } from '../serve.ts'

/** Parameter Store and Secrets Manager on a free port; their clock stands until a test moves it. */
export async function runStores() {
  const time = { now: Date.parse('2026-11-21T10:00:00Z') }
  const clock = () => time.now
  const secretsManager = secretsManagerService(clock)
  const parts = { ssm: ssmService(clock, secretsManager.read), secrets: secretsManager }
  const server = await serve([parts.ssm.service, parts.secrets.service], '123456789012')
  const ssm = new SSMClient(clientSettings(server.endpoint))
  const secrets = new SecretsManagerClient(clientSettings(server.endpoint))
  onTestFinished(async () => {
    ssm.destroy()
    secrets.destroy()
    await server.close()
  })
  return { ssm, secrets, parts, time }
}
