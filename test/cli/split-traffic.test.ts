import { UpdateAliasCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService, type Service } from './service.ts'

const sandbox = useSandbox()

const role = (name: string) => `arn:aws:iam::000000000000:role/${name}`
const queue = 'arn:aws:sqs:eu-west-1:000000000000:dead'
const canary = ['canary', 'hello', '-e', 'test', '--steps', '50', '--every', '300ms', '--bake', '0s']

async function withFields(service: Service, fields: string): Promise<void> {
  const name = service.lambdaName.replace(/-hello-test$/, '')
  await service.write({
    'lambdactl.yaml': `service: ${name}
functions:
  hello: {source: hello, runtime: nodejs24.x, handler: index.handler, bundle: false, ${fields}}
environments:
  test: {region: eu-west-1, role: "${role('app')}"}
`,
  })
}

/** A deployed service with other code, and a quiet alarm for a canary. */
async function changed(fields = 'memory: 128') {
  const service = await makeService()
  const place = sandbox().place(service)
  await withFields(service, fields)
  await runTo(0, ['deploy', '-e', 'test'], place)
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-errors`)
  return { service, place, args: [...canary, '--alarm', alarm] }
}

test.each([
  ['role', `role: "${role('other')}"`, `role: version 1 has ${role('app')}, the new one ${role('other')}`],
  ['deadLetter', `deadLetter: "${queue}"`, `deadLetter: version 1 has none, the new one ${queue}`],
])(
  'a canary that would change %s is refused before anything is uploaded; a deploy is not: exit 6',
  async (_, fields, expected) => {
    const { service, place, args } = await changed()
    await withFields(service, fields)
    for (const more of [[], ['--dry-run'], ['--breakglass', 'now']]) {
      const refused = await runTo(6, [...args, ...more], place)
      expect(refused.stderr).toContain(
        `Nothing was published and no traffic moved, since preflight failed: two versions: Lambda splits traffic only between versions of the same ${expected}.`,
      )
      expect(refused.stderr).toContain('which Lambda allows: lambdactl deploy hello --env test')
      expect(refused.stderr).not.toContain('If it can')
    }
    expect(await sandbox().versions(service.lambdaName)).toEqual(['1'])
    await runTo(0, ['deploy', '-e', 'test'], place)
    await sandbox().expectAlias(service.lambdaName, '2')
  },
)

test('the change alone by deploy, then the code by canary', async () => {
  const { service, place, args } = await changed()
  await withFields(service, `role: "${role('other')}"`)
  await service.writeHandler(answering('one'))
  await runTo(0, ['deploy', '-e', 'test'], place)
  await service.writeHandler(answering('two'))
  await runTo(0, args, place)
  await sandbox().expectAlias(service.lambdaName, '3')
})

test('a dead letter that somebody gave to $LATEST counts where the file leaves it as it is', async () => {
  const { service, place, args } = await changed()
  const byHand = { FunctionName: service.lambdaName, DeadLetterConfig: { TargetArn: queue } }
  await sandbox().lambda.send(new UpdateFunctionConfigurationCommand(byHand))
  expect((await runTo(6, args, place)).stderr).toContain(`version 1 has none, the new one ${queue}`)
  await withFields(service, 'deadLetter: null')
  await runTo(0, args, place)
  await sandbox().expectAlias(service.lambdaName, '2')
})

test('an alias on $LATEST can be switched, and not split', async () => {
  const { service, place, args } = await changed()
  const alias = { FunctionName: service.lambdaName, Name: 'live', FunctionVersion: '$LATEST' }
  await sandbox().lambda.send(new UpdateAliasCommand(alias))
  expect((await runTo(6, args, place)).stderr).toContain(
    'two versions: live is on $LATEST, and Lambda splits traffic only between published versions',
  )
  const planned = await runTo(0, ['deploy', '-e', 'test', '--dry-run'], place)
  expect(planned.stderr).toMatch(/plan: all-at-once \S+ puts live on the next version/)
  await runTo(0, ['deploy', '-e', 'test'], place)
  await sandbox().expectAlias(service.lambdaName, '2')
})
