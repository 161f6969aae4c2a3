import { chmod, cp, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { fixtures } from '../../iac/fixtures.ts'
import { ForeignFunction } from '../adopted.ts'
import { runTo } from '../cli.ts'
import { useSandbox } from '../sandbox.ts'
import { answering, temporaryFolder, writeFiles } from '../service.ts'

const sandbox = useSandbox()

/** A project with the output of a tool, and a program of the tool's name that does what the test says. */
async function project(fixture: string, tool: string, script = '') {
  const folder = await temporaryFolder()
  await cp(join(fixtures, fixture), join(folder, fixture === 'cdk.out' ? fixture : '.'), { recursive: true })
  const program = (text: string) => writeFiles(folder, { [`node_modules/.bin/${tool}`]: text })
  await program(`#!/usr/bin/env node\n${script}`)
  await chmod(join(folder, 'node_modules', '.bin', tool), 0o755)
  const PATH = [join(folder, 'node_modules', '.bin'), process.env['PATH']].join(delimiter)
  return { folder, place: sandbox().place({ folder }, { AWS_REGION: 'eu-west-1', PATH }) }
}

interface InStack {
  stack: string
  logicalId: string
  /** Its package as the tool uploaded it. */
  code: { files: { name: string; content: string }[] } | { zip: Buffer }
  settings?: object
}

async function inStack(lambdaName: string, { stack, logicalId, code, settings = {} }: InStack) {
  const Tags = { 'aws:cloudformation:stack-name': stack, 'aws:cloudformation:logical-id': logicalId }
  const made = new ForeignFunction(sandbox(), lambdaName)
  if ('files' in code) return made.create(code.files, { Tags, ...settings })
  const Code = { ZipFile: code.zip }
  return made.create(undefined, { Runtime: 'nodejs22.x', Handler: 'index.handler', Code, Tags, ...settings })
}

const textOf = (...path: string[]) => readFile(join(fixtures, ...path), 'utf8')

/** Another asset, with another name, as a synth makes it after a change of the code. */
const resynth = `
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
if (existsSync('handler.mjs') && existsSync('cdk.out/asset.2118f5eb')) {
  renameSync('cdk.out/asset.2118f5eb', 'cdk.out/asset.deadbeef')
  writeFileSync('cdk.out/asset.deadbeef/index.mjs', readFileSync('handler.mjs'))
  for (const file of ['cdk.out/Shop.assets.json', 'cdk.out/Shop.template.json'])
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('2118f5eb', 'deadbeef'))
}
`

test("the CDK's function is taken on by one command, released, tried and rolled back", async () => {
  const content = await textOf('cdk.out', 'asset.2118f5eb', 'index.mjs')
  await inStack('Shop-Pay6F77D406-7Yj3kQ9z', {
    stack: 'Shop',
    logicalId: 'Pay6F77D406',
    code: { files: [{ name: 'index.mjs', content }] },
  })
  const { folder, place } = await project('cdk.out', 'cdk', resynth)
  const manifest = join(folder, 'cdk.out', 'manifest.json')
  const ofSeveral = await runTo(2, ['init', '--from', 'cdk.out', '--env', 'prod'], place)
  expect(ofSeveral.stderr).toContain('--region eu-west-1, or --region us-east-1')
  const init = ['init', '--from', 'cdk.out', '--env', 'prod', '--region', 'eu-west-1']
  const ofAnother = await runTo(4, init, place)
  expect(ofAnother.stderr).toContain('Pay6F77D406: for us-east-1, account 210987654321')
  await writeFile(manifest, (await readFile(manifest, 'utf8')).replaceAll('123456789012', '000000000000'))
  const adopted = await runTo(0, [...init, '--function', 'Pay*'], place)
  expect(adopted.stdout).toContain('adopted Shop-Pay6F77D406-7Yj3kQ9z')
  expect(await readFile(join(folder, 'lambdactl.yaml'), 'utf8')).toContain(`
functions:
  Pay:
    name: Shop-Pay6F77D406-7Yj3kQ9z
    source: cdk.out#Shop/Pay6F77D406
    build: [ npx, cdk, synth, --quiet ]
environments:
`)
  const first = await runTo(0, ['deploy', '--env', 'prod'], place)
  expect(first.stdout).toBe('Pay: version 1 has 100% of live\n')
  const again = await runTo(0, ['deploy', '--env', 'prod'], place)
  expect(again.stdout).toBe('Pay: nothing to deploy, live is on version 1\n')
  await writeFiles(folder, { 'handler.mjs': answering('two') })
  const alarm = await sandbox().alarm('cdk-refused')
  const canary = ['canary', 'Pay', '--env', 'prod', '--steps', '50', '--every', '1s', '--bake', '1s']
  const tried = await runTo(0, [...canary, '--alarm', alarm], place)
  expect(tried.stdout).toBe('Pay: version 2 has 100% of live (before: 1)\n')
  const back = await runTo(0, ['rollback', 'Pay', '--env', 'prod'], place)
  expect(back.stdout).toContain('version 1')
})

test("SAM's and Serverless's functions are taken on by one command, and have nothing to deploy then", async () => {
  const content = await textOf('sam/.aws-sam/build/PayFunction/index.mjs')
  const sam = await inStack('shop-PayFunction-0a1b2c3d', {
    stack: 'shop',
    logicalId: 'PayFunction',
    code: { files: [{ name: 'index.mjs', content }] },
  })
  await sam.alias('live', await sam.publish())
  const built = await project('sam', 'sam')
  const init = ['init', '--from', '.aws-sam/build', '--env', 'prod']
  await runTo(0, [...init, '--function', 'PayFunction'], built.place)
  expect(await readFile(join(built.folder, 'lambdactl.yaml'), 'utf8')).toContain(`
  PayFunction:
    name: shop-PayFunction-0a1b2c3d
    source: .aws-sam/build/PayFunction
    build: [ sam, build ]
`)
  const nothing = await runTo(0, ['deploy', '--env', 'prod'], built.place)
  expect(nothing.stdout).toBe('PayFunction: nothing to deploy, live is on version 1\n')
  const serverless = await inStack('shop-dev-pay', {
    stack: 'shop-dev',
    logicalId: 'PayLambdaFunction',
    code: { zip: await readFile(join(fixtures, 'serverless/.serverless/pay.zip')) },
    settings: { Handler: 'functions/pay/index.handler' },
  })
  await serverless.alias('live', await serverless.publish())
  const packaged = await project('serverless', 'serverless')
  await runTo(0, ['init', '--from', '.serverless', '--env', 'dev', '--function', 'pay'], packaged.place)
  expect(await readFile(join(packaged.folder, 'lambdactl.yaml'), 'utf8')).toContain(`
  shop-dev-pay:
    name: shop-\${env}-pay
    source: .serverless/pay.zip
    build: [ npx, serverless, package, --stage, dev ]
`)
  const same = await runTo(0, ['deploy', '--env', 'dev'], packaged.place)
  expect(same.stdout).toBe('shop-dev-pay: nothing to deploy, live is on version 1\n')
})
