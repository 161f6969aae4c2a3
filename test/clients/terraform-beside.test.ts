import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { GetFunctionCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { expectExit, run, runTo, start } from '../cli/cli.ts'
import { useSandbox } from '../cli/sandbox.ts'
import { answering, writeFiles } from '../cli/service.ts'
import { zipOf } from '../sandbox/lambda/zip.ts'
import { terraformFolder, whyNoTerraform } from './terraform/terraform-folder.ts'

const sandbox = useSandbox()
const root = join(import.meta.dirname, '../..')
const fixture = join(root, 'test/beside/terraform/beside')

/** The blocks of the docs, as a reader copies them. */
const [blocks = ''] =
  /(?<=```hcl\n)[^]*?(?=```)/.exec(readFileSync(join(root, 'docs/beside-iac/terraform.md'), 'utf8')) ?? []

/** The same as people write it at first: the alias follows the versions that each apply publishes. */
const withoutBlocks = blocks
  .replaceAll(/ {2}lifecycle \{[^]*?\n {2}\}\n/g, '')
  .replace('"$LATEST"', 'aws_lambda_function.pay.version')
  .replace('memory_size ', 'publish = true\n  memory_size ')

/** A function that Terraform made, and a service that releases its code. */
async function world(name: string, hcl: string) {
  const prelude = readFileSync(join(fixture, 'prelude.tf'), 'utf8')
  const terraform = await terraformFolder(sandbox().url, {
    'prelude.tf': prelude.replace(/(?<=name += )"shop"/, `"${name}"`),
    'main.tf': hcl.replaceAll('shop-prod-pay', name),
    'placeholder.zip': packed('placeholder'),
  })
  await terraform.apply()
  const place = sandbox().place({ folder: terraform.path })
  await writeFiles(terraform.path, { 'terraform.json': await terraform.show() })
  const where = ['--env', 'prod', '--region', 'eu-west-1']
  const told = await runTo(0, ['init', '--from', 'terraform.json', '--as', 'pay', ...where], place)
  const file = readFileSync(join(terraform.path, 'lambdactl.yaml'), 'utf8')
  const release = (text: string) => writeFiles(terraform.path, { 'pay/index.mjs': answering(text) })
  await release('one')
  const alarm = await sandbox().alarm(`${name}-refused`)
  /** The placeholder is where the source was found. */
  const useSource = () =>
    writeFiles(terraform.path, { 'lambdactl.yaml': file.replace('source: placeholder.zip', 'source: pay') })
  const end = () => terraform[Symbol.asyncDispose]()
  return { terraform, release, alarm, place, told, file, useSource, [Symbol.asyncDispose]: end }
}

const deploy = ['deploy', '--env', 'prod']

/** The file of `init` for Terraform's state, without its first lines. */
const adopted = `functions:
  pay:
    name: paid
    source: placeholder.zip
environments:
  prod:
    region: eu-west-1
    account: "000000000000"
    alias: live
    manages: code
`

const ships =
  'this release also ships 2 changes by Terraform: memory 512 MB → 1024 MB; environment variable LEVEL changed'

/** A canary that holds half of the traffic. */
function canary(alarm: string, every: string): string[] {
  const steps = ['--steps', '50', '--every', every, '--bake', '1s', '--alarm', alarm]
  return ['canary', 'pay', '--env', 'prod', ...steps]
}

test.skipIf(whyNoTerraform !== undefined)(
  'with the blocks of the docs Terraform and releases leave each other alone',
  async () => {
    await using made = await world('paid', blocks)
    const { terraform, release, alarm, place } = made
    const before = await settings('paid')
    expect(made.file).toContain(adopted)
    expect(made.told.stderr).toContain(
      'aws_lambda_alias.live: an apply would undo a release; add lifecycle { ignore_changes = [function_version,',
    )
    const first = await runTo(0, deploy, place)
    expect(first.stdout).toBe('pay: version 1 has 100% of live\n')
    expect(await terraform.plan()).toBeUndefined()

    await made.useSource()
    await release('two')
    const begun = await run([...canary(alarm, '1s'), '--detach'], place)
    expect(begun).toMatchObject({ exitCode: 8 })
    expect(await terraform.plan()).toBeUndefined()
    const changed = { memory: '1024', level: 'debug' }
    expect(await terraform.apply(changed)).toContain('0 added, 1 changed, 0 destroyed')
    const resume = ['canary', 'resume', 'pay', '--env', 'prod']
    const paused = await runTo(8, resume, place)
    expect(paused.stderr).toContain('something other than lambdactl changed paid since version 2')
    const done = await runTo(0, [...resume, '--approve'], place)
    expect(done.stdout).toContain('pay: version 2 has 100% of live (before: 1)')
    expect(await settings('paid', 'live')).toEqual({ ...before, Description: expect.any(String) as string })

    const shipped = await runTo(0, deploy, place)
    expect(shipped.stderr).toContain(ships)
    await sandbox().expectAlias('paid', '3')
    await writeFiles(terraform.path, { 'placeholder.zip': packed('another placeholder') })
    await runTo(0, ['rollback', 'pay', '--env', 'prod'], place)
    expect(await terraform.plan(changed)).toBeUndefined()
    const environment = { Variables: { TABLE: 'orders', LEVEL: 'debug' } }
    expect(await settings('paid')).toEqual({ ...before, MemorySize: 1024, Environment: environment })
  },
  240_000,
)

test.skipIf(whyNoTerraform !== undefined)(
  'without them a plan wants the record back, and an apply that moves the alias is a named stop, and undone by rollback',
  async () => {
    await using made = await world('contested', withoutBlocks)
    const { terraform, release, alarm, place } = made
    await made.useSource()
    await runTo(0, deploy, place)
    expect(await terraform.plan()).toMatch(/- description += "lambdactl all-at-once [^\n]+ -> null/)

    await release('two')
    const releasing = start(canary(alarm, '60s'), place)
    await releasing.says(/\(step 1 of 1\)/)
    await terraform.apply({ memory: '1024', level: 'debug' })
    const stopped = await releasing.ended
    expectExit(stopped, 5)
    expect(stopped.stderr).toContain('did not change the alias')
    await sandbox().expectAlias('contested', '4')

    const theirs = await settings('contested')
    const deployed = await runTo(0, deploy, place)
    expect(deployed.stdout).toBe('pay: nothing to deploy, live is on version 4\n')
    const status = await runTo(0, ['status', '--env', 'prod'], place)
    expect(status.stdout).toContain('live is on version 4, and something other than lambdactl replaced its')
    await runTo(0, ['rollback', 'pay', '--env', 'prod'], place)
    await sandbox().expectAlias('contested', '2')
    expect(await settings('contested')).toEqual(theirs)
  },
  240_000,
)

/** All settings of a version, without its code and its own dates and names. */
async function settings(FunctionName: string, Qualifier = '$LATEST') {
  const input = { FunctionName, Qualifier }
  const { Configuration = {}, Tags } = await sandbox().lambda.send(new GetFunctionCommand(input))
  const own = ['CodeSha256', 'CodeSize', 'LastModified', 'RevisionId', 'Version', 'FunctionArn']
  return {
    ...Object.fromEntries(Object.entries(Configuration).filter(([name]) => !own.includes(name))),
    Tags,
  }
}

function packed(text: string): Buffer {
  return Buffer.from(zipOf([{ name: 'index.mjs', content: answering(text) }]))
}
