import { describe, expect, test } from 'vitest'
import { ForeignFunction } from './adopted.ts'
import { type Place, runTo, start } from './cli.ts'
import { operationOf } from './operation.ts'
import { startProxy } from './proxy.ts'
import { useSandbox } from './sandbox.ts'
import { answering, temporaryFolder, writeFiles } from './service.ts'

const sandbox = useSandbox()
const deploy = ['deploy', '-e', 'test']

async function serviceOf(name: string) {
  const folder = await temporaryFolder()
  const write = (memory: number, text = 'one') =>
    writeFiles(folder, {
      'lambdactl.yaml': `service: shop
functions:
  pay: {name: ${name}, source: pay, runtime: nodejs24.x, handler: index.handler, bundle: false, memory: ${memory}}
environments:
  test: {region: eu-west-1, role: "arn:aws:iam::000000000000:role/app"}
`,
      'pay/index.mjs': answering(text),
    })
  await write(256)
  return { place: sandbox().place({ folder }), write }
}

/** Kills a command with SIGKILL when it calls an operation, which never reaches AWS. */
async function killAt(operation: string, args: string[], { cwd, env }: Place): Promise<void> {
  const proxy = await startProxy(sandbox().url, (_, message) =>
    operationOf(message) === operation ? 'is lost' : 'passes',
  )
  const running = start(args, { cwd, env: { ...env, AWS_ENDPOINT_URL: proxy.url } })
  await proxy.unanswered
  running.child.kill('SIGKILL')
  await running.ended
}

describe('a release that was killed before it had published', () => {
  test('of a new function is released again with other settings: nobody is asked whose it is', async () => {
    const { place, write } = await serviceOf('killed-first')
    await killAt('PublishVersion', deploy, place)
    await write(512, 'two')
    expect((await runTo(0, deploy, place)).stderr).not.toContain('owner')
    await sandbox().expectAlias('killed-first', '1')
  })

  test('has not changed anything by hand', async () => {
    const { place, write } = await serviceOf('killed-later')
    await runTo(0, deploy, place)
    await write(512, 'two')
    await killAt('PublishVersion', deploy, place)
    await write(1024, 'three')
    expect((await runTo(0, deploy, place)).stderr).not.toContain('drift')
  })

  test("of somebody else's is taken over once $LATEST is changed, and before that is asked for again", async () => {
    const foreign = await new ForeignFunction(sandbox(), 'killed-over').create([
      { name: 'index.mjs', content: `export const handler = async () => 'theirs'\n` },
    ])
    await foreign.alias('live', await foreign.publish())
    const { place } = await serviceOf(foreign.name)
    await killAt('UpdateFunctionCode', [...deploy, '--take-over'], place)
    await runTo(6, deploy, place)
    await killAt('PublishVersion', [...deploy, '--take-over'], place)
    await runTo(0, deploy, place)
    await sandbox().expectAlias(foreign.name, '2')
  })
})
