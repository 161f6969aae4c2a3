import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import type { Diagnosis, Examination } from '../../src/workflows/doctor.ts'
import { type Place, runTo } from './cli.ts'
import { clientSettings, useSandbox } from './sandbox.ts'
import { makeService } from './service.ts'

const sandbox = useSandbox()

/** A shell with the keys of a session of a role. */
async function shellOf(folder: string, role: string): Promise<{ place: Place; end: Date | undefined }> {
  const sts = new STSClient(clientSettings(sandbox().url))
  const RoleArn = `arn:aws:iam::000000000000:role/${role}`
  const { Credentials: keys } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'ada' }))
  const session = {
    AWS_ACCESS_KEY_ID: keys?.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: keys?.SecretAccessKey,
    AWS_SESSION_TOKEN: keys?.SessionToken,
  }
  return { place: sandbox().place({ folder }, session), end: keys?.Expiration }
}

async function checkOf(title: string, place: Place): Promise<Diagnosis | undefined> {
  const { stdout } = await runTo(0, ['doctor', '-e', 'test', '--json'], place)
  return (JSON.parse(stdout) as Examination).checks.find((check) => check.title === title)
}

test('credentials that end within the hour are a warning; without an end they are a note', async () => {
  const { folder } = await makeService()
  const { place, end } = await shellOf(folder, 'ci')
  const arn = 'arn:aws:sts::000000000000:assumed-role/ci/ada'
  const unknown = await checkOf('credentials', place)
  expect(unknown).toMatchObject({ outcome: 'note', detail: expect.stringContaining(arn) as string })
  const AWS_CREDENTIAL_EXPIRATION = end?.toISOString()
  const told = await checkOf('credentials', { ...place, env: { ...place.env, AWS_CREDENTIAL_EXPIRATION } })
  expect(told).toMatchObject({ outcome: 'warn' })
  expect(told?.detail).toMatch(/they end in (?:59|60|1 h).* a release takes up to /)
})
