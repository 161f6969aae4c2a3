import { LambdaClient } from '@aws-sdk/client-lambda'
import { S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../../../src/sandbox/start.ts'
import { clientSettings } from '../../serve.ts'
import { aliasCalls } from './calls/aliases.ts'
import { codeCalls } from './calls/code.ts'
import { functionCalls } from './calls/functions.ts'
import { permissionCalls } from './calls/permissions.ts'
import { settingCalls } from './calls/settings.ts'
import { tagCalls } from './calls/tags.ts'
import { recordedErrors, replay, type Scenarios } from './replay.ts'

const scenarios: Scenarios = {
  ...functionCalls,
  ...aliasCalls,
  ...permissionCalls,
  ...tagCalls,
  ...settingCalls,
  ...codeCalls,
}

let sandbox: Sandbox
let client: LambdaClient
let s3: S3Client
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, accessKey: 'test' })
  client = new LambdaClient(clientSettings(sandbox.url))
  s3 = new S3Client({ ...clientSettings(sandbox.url), forcePathStyle: true })
})
afterAll(async () => {
  client.destroy()
  s3.destroy()
  await sandbox.close()
})

let count = 0
test.each([...recordedErrors()])('%s is refused as in the recording of AWS', async (recorded, expected) => {
  const scenario = scenarios[recorded]
  expect(scenario).toBeDefined()
  count += 1
  if (scenario) await replay(scenario, expected, { client, s3, name: `recorded-${count}` })
})
