import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import {
  CreateSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { expect, onTestFinished, test } from 'vitest'
import { type Finished, run, runTo } from './cli.ts'
import { clientSettings, useSandbox } from './sandbox.ts'
import { makeService, type Service } from './service.ts'

const sandbox = useSandbox()

/** With a quotation mark and a backslash, since JSON writes them otherwise. */
const password = 'hush "\\ hush'
const token = 'open sesame 4711'

const role = 'arn:aws:iam::000000000000:role/app'

async function withVariables(service: Service, variables: string, environment = ''): Promise<void> {
  await service.write({
    'lambdactl.yaml': `service: ${service.lambdaName.replace(/-hello-test$/, '')}
functions:
  hello: {source: hello, runtime: nodejs24.x, handler: index.handler, bundle: false, environment: {${variables}}}
environments:
  test: {region: eu-west-1, role: "${role}"${environment}}
`,
  })
}

function stores() {
  const ssm = new SSMClient(clientSettings(sandbox().url))
  const secrets = new SecretsManagerClient(clientSettings(sandbox().url))
  onTestFinished(() => {
    ssm.destroy()
    secrets.destroy()
  })
  return { ssm, secrets }
}

async function variablesOf({ lambdaName }: Service) {
  const { Environment } = await sandbox().lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: lambdaName }),
  )
  return Environment?.Variables
}

function expectSilent(...outputs: Finished[]): void {
  for (const { stdout, stderr } of outputs) {
    for (const secret of ['hush', 'sesame']) expect(`${stdout}${stderr}`).not.toContain(secret)
  }
}

test('parameters and secrets reach the function, and none of the output of any deploy', async () => {
  const { ssm, secrets } = stores()
  await ssm.send(new PutParameterCommand({ Name: '/shop/test/token', Type: 'SecureString', Value: token }))
  await secrets.send(
    new CreateSecretCommand({ Name: 'shop/db', SecretString: JSON.stringify({ password, port: 5432 }) }),
  )
  const service = await makeService()
  const place = sandbox().place(service, { DEBUG: '*' })
  await withVariables(
    service,
    'TOKEN: "${ssm:/shop/${env}/token}", PASSWORD: "${secret:shop/db#password}", PORT: "${secret:shop/db#port}", NONE: "${ssm:/none:-nothing}"',
  )
  const planned = await runTo(0, ['deploy', '-e', 'test', '--dry-run'], place)
  const deployed = await runTo(0, ['deploy', '-e', 'test', '--json'], place)
  expect(await variablesOf(service)).toEqual({
    TOKEN: token,
    PASSWORD: password,
    PORT: '5432',
    NONE: 'nothing',
  })
  await secrets.send(
    new PutSecretValueCommand({ SecretId: 'shop/db', SecretString: '{"password": "hush2"}' }),
  )
  await withVariables(service, 'TOKEN: "${ssm:/shop/test/token}", PASSWORD: "${secret:shop/db#password}"')
  const canary = ['canary', 'hello', '-e', 'test', '--every', '0s', '--bake', '0s', '--breakglass', 'now']
  const again = await runTo(0, canary, place)
  const rolledBack = await runTo(0, ['rollback', 'hello', '-e', 'test'], sandbox().place(service))
  expectSilent(planned, deployed, again, rolledBack)
})

test('what AWS refuses it quotes, but the secrets in it are masked', async () => {
  const { ssm } = stores()
  await ssm.send(new PutParameterCommand({ Name: '/shop/token', Type: 'String', Value: token }))
  await ssm.send(new PutParameterCommand({ Name: '/shop/password', Type: 'String', Value: password }))
  const service = await makeService()
  const place = sandbox().place(service)
  await withVariables(
    service,
    'TOKEN: none}, vpc: {subnets: ["${ssm:/shop/token}", "${ssm:/shop/password}"], securityGroups: [sg-1]',
  )
  const refused = await runTo(2, ['deploy', '-e', 'test'], place)
  expect(refused.stderr).toContain("Value '[***, ***]' at 'vpcConfig.subnetIds'")
  const refusedJson = await run(['deploy', '-e', 'test', '--json'], place)
  const debugged = await run(['deploy', '-e', 'test'], sandbox().place(service, { DEBUG: '*' }))
  expect(debugged.stderr).toContain('ValidationException')
  expectSilent(refused, refusedJson, debugged)
})

test('what does not exist is named with its place, and stays unread by commands that deploy nothing', async () => {
  const service = await makeService()
  await sandbox().deployFirst(service)
  const place = sandbox().place(service)
  await withVariables(service, 'TOKEN: "${ssm:/absent}"')
  const missing = await runTo(2, ['deploy', '-e', 'test'], place)
  expect(missing.stderr).toMatch(
    /^Error: lambdactl\.yaml:3:\d+ functions\.hello\.environment\.TOKEN: the parameter \/absent of \$\{ssm:\/absent\} does not exist in the account and Region of test\./m,
  )
  expect(missing.stderr).toContain('aws ssm put-parameter --name /absent')
  for (const args of [
    ['status', '-e', 'test'],
    ['logs', 'tail', 'hello', '-e', 'test', '--no-follow'],
    ['invoke', 'hello', '-e', 'test'],
    ['package'],
  ]) {
    await runTo(0, args, place)
  }
})

test('an environment of another account is refused before a parameter is read', async () => {
  const service = await makeService()
  await withVariables(service, 'TOKEN: "${ssm:/absent}"', ', account: "999999999999"')
  const refused = await runTo(3, ['deploy', '-e', 'test'], sandbox().place(service))
  expect(refused.stderr).toContain('The environment test is in the account 999999999999')
})

test('a secret that is a variable of the process is masked in what a build says of it', async () => {
  const service = await makeService()
  const place = sandbox().place(service)
  const says = 'console.log(process.env.CI_ACCESS); process.exit(1)'
  await service.writeFunction(
    `second: {source: hello, runtime: nodejs24.x, handler: index.handler, build: ["${process.execPath}", "-e", "${says}"], environment: {API_TOKEN: "\${env:CI_ACCESS}"}}`,
  )
  const at = { ...place, env: { ...place.env, CI_ACCESS: token } }
  const failed = await runTo(2, ['package', 'second', '-e', 'test'], at)
  expect(failed.stderr).toContain('***')
  expectSilent(failed, await run(['deploy', 'second', '-e', 'test', '--json'], at))
})
