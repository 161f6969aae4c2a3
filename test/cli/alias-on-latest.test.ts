import { UpdateAliasCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { eventsOf, run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService, type Service } from './service.ts'

const sandbox = useSandbox()

/** Somebody points the alias at $LATEST, as a tool does that publishes no versions. */
function pointAtLatest({ lambdaName: FunctionName }: Service) {
  return sandbox().lambda.send(
    new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '$LATEST' }),
  )
}

test('an alias on $LATEST is put on a version, also where its content is what lies here', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await pointAtLatest(service)
  const status = await runTo(0, ['status', 'hello', '-e', 'test'], place)
  expect(status.stdout).toContain('live is on $LATEST, which is not where release ')
  expect(status.stdout).toContain('o put live on a version: lambdactl deploy hello --env test')
  const { exitCode, stdout } = await run(['diff', '-e', 'test', '--exit-code'], place)
  expect(exitCode).toBe(1)
  expect(stdout).toContain('the same as $LATEST, which live points to: a deploy puts live on a version')

  const refused = await runTo(6, ['canary', 'hello', '-e', 'test', '--steps', '50', '--every', '2s'], place)
  expect(refused.stderr).toContain('live is on $LATEST, and Lambda splits traffic only between published')
  expect(refused.stderr).toContain('→ To put live on a version first: lambdactl deploy hello --env test')

  const deployed = eventsOf(await runTo(0, ['deploy', '-e', 'test', '--json'], place))
  expect(deployed.at(-1)).toMatchObject({ event: 'result', outcome: 'released', version: '1' })
  await sandbox().expectAlias(service.lambdaName, '1')
  const again = await runTo(0, ['deploy', '-e', 'test'], place)
  expect(again.stdout).toContain('nothing to deploy, live is on version 1')
})
