import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import type { Diagnosis } from '../../../src/workflows/doctor.ts'
import { lambdaTrust } from '../../sandbox/iam/running-iam.ts'
import { clientSettings, useSandbox } from '../sandbox.ts'
import { answering, temporaryFolder, writeFiles } from '../service.ts'
import { faultsOf, permit, RoleName } from './faults.ts'
import { healthy, lambdaName, Patient } from './patient.ts'

const sandbox = useSandbox()

test('each planted fault is the only finding, and is gone after what doctor says', async () => {
  const folder = await temporaryFolder()
  await writeFiles(folder, { 'hello/index.mjs': answering('one') })
  const patient = new Patient(folder, sandbox())
  await patient.write(healthy)
  const settings = clientSettings(sandbox().url)
  await new IAMClient(settings).send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: lambdaTrust }),
  )
  await permit(sandbox(), 's3:GetObject')
  const Attributes = { VisibilityTimeout: '300' }
  await new SQSClient(settings).send(new CreateQueueCommand({ QueueName: 'orders', Attributes }))
  await sandbox().alarm('sick-errors')
  await sandbox().logs.send(new CreateLogGroupCommand({ logGroupName: `/aws/lambda/${lambdaName}` }))
  await patient.run('lambdactl deploy hello --env test')
  expect(await patient.findings()).toEqual([])
  for (const { title, plant, rest } of faultsOf(sandbox())) {
    await plant(patient)
    const found = await patient.findings()
    expect(found.map((each) => each.title)).toEqual([title])
    expect(JSON.stringify(found)).not.toContain('hush')
    if (title === 'time-out') await expectReports(patient)
    const others = await patient.mend(found[0] as Diagnosis)
    await rest?.(patient, others)
  }
  expect(await patient.findings()).toEqual([])
})

/** The reports for CI name the line of the field, and count the warning as asked. */
async function expectReports(patient: Patient): Promise<void> {
  const sarif = await patient.run('lambdactl doctor --env test --format sarif')
  expect(sarif).toMatch(/"ruleId": "time-out"[^]*"uri": "lambdactl.yaml"[^]*"startLine": 8\b/)
  const junit = await patient.run('lambdactl doctor --env test --format junit')
  expect(junit).toContain('<testsuite name="hello" ')
  expect(junit).toContain('failures="0"')
}
