import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GetFunctionCommand, InvokeCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { ForeignFunction } from '../adopted.ts'
import { runTo } from '../cli.ts'
import { type TestSandbox, useSandbox } from '../sandbox.ts'
import { type MadeFunction, makeFunction, ofState, ofTemplate } from './made-function.ts'
import { startRecorder } from './recorder.ts'
import { type ToolProgram, type ToolProject, toolProject } from './tool-project.ts'
import { configurationOf } from './world.ts'

const sandbox = useSandbox()

interface Tool {
  fixture: string
  program?: ToolProgram
  /** The flags of `init`. */
  taking: readonly string[]
  /** The Region of the shell; an output names its own. */
  shellRegion: string
  made: (folder: string) => Promise<MadeFunction>
  /** Changes the code, as a team with this tool does. */
  change: (project: ToolProject, fn: ForeignFunction) => Promise<void>
}

const textIn = (folder: string, ...path: string[]) => readFile(join(folder, ...path), 'utf8')
const assetIn = (folder: string) => globSync(join(folder, 'cdk.out', 'asset.*'))[0] ?? ''
const inStack =
  (stack: string, Tags: Record<string, string> = {}) =>
  async (folder: string) => {
    const settings = ofTemplate(await textIn(folder, 'cdk.out/Shop.template.json'), stack)
    return {
      lambdaName: `${stack}-Pay6F77D406-7Yj3kQ9z`,
      settings: { ...settings, Tags: { ...settings.Tags, ...Tags } },
      code: assetIn(folder),
    }
  }
const cdk = { name: 'cdk', args: ['synth', '--quiet'], output: 'cdk.out' }
const byOutput = { shellRegion: 'us-east-1', change: (project: ToolProject) => project.change() }
/** The stack's own deployment gives $LATEST the code. */
const byStack = {
  fixture: 'cdk',
  program: cdk,
  shellRegion: 'eu-west-1',
  async change(project: ToolProject, fn: ForeignFunction) {
    await project.change()
    await fn.updateCode([{ name: 'index.mjs', content: await textIn(project.folder, 'pay/index.mjs') }])
  },
}

const tools: Readonly<Record<string, Tool>> = {
  'cdk.out of the CDK': {
    ...byOutput,
    fixture: 'cdk',
    program: cdk,
    taking: ['--from', 'cdk.out'],
    made: inStack('shop-prod'),
  },
  '.aws-sam/build of SAM': {
    ...byOutput,
    fixture: 'sam',
    program: { name: 'sam', args: ['build'], output: '.aws-sam' },
    taking: ['--from', '.aws-sam/build'],
    made: async (folder) => ({
      lambdaName: 'shop-sam-PayFunction-0a1b2c3d',
      settings: ofTemplate(await textIn(folder, 'stack.json'), 'shop-sam'),
      code: join(folder, '.aws-sam/build/PayFunction'),
    }),
  },
  '.serverless of the Serverless Framework': {
    ...byOutput,
    fixture: 'serverless',
    program: { name: 'serverless', args: ['package', '--stage', 'dev'], output: '.serverless' },
    taking: ['--from', '.serverless'],
    made: async (folder) => ({
      lambdaName: 'shop-dev-pay',
      settings: ofTemplate(
        await textIn(folder, '.serverless/cloudformation-template-update-stack.json'),
        'shop-dev',
      ),
      code: join(folder, '.serverless/pay.zip'),
    }),
  },
  "Terraform's state": {
    ...byOutput,
    fixture: 'terraform',
    taking: ['--from', 'terraform.json'],
    made: async (folder) => ({
      lambdaName: 'terraform-pay',
      settings: ofState(await textIn(folder, 'terraform.json')),
      code: join(folder, 'pay.zip'),
    }),
  },
  'the name of a stack': { ...byStack, taking: ['--from-stack', 'named'], made: inStack('named') },
  'a tag': {
    ...byStack,
    taking: ['--from-tag', 'team=payments'],
    made: inStack('tagged', { team: 'payments' }),
  },
}

test.each(Object.entries(tools))(
  'a function of %s is taken on by one command, released, tried and rolled back, and stays its tool’s',
  async (_, { fixture, program, taking, shellRegion, made, change }) => {
    const project = await toolProject(fixture, program)
    if (program) await project.build(program)
    const fn = await makeFunction(sandbox(), await made(project.folder))
    const before = await configurationOf(sandbox(), fn)
    const { url } = await startRecorder(sandbox())
    const shell = { AWS_ENDPOINT_URL: url, AWS_REGION: shellRegion, PATH: project.PATH }
    const place = sandbox().place(project, shell)

    await runTo(0, ['init', ...taking, '--env', 'prod'], place)
    const text = await textIn(project.folder, 'lambdactl.yaml')
    const written = parse(text) as Written
    expect(written.environments).toMatchObject({ prod: { region: 'eu-west-1', manages: 'code' } })
    const [name = ''] = Object.keys(written.functions)
    const [, lines = ''] = /\nfunctions:\n([^]*?)\nenvironments:/.exec(text) ?? []
    expect(lines.split('\n').length).toBeLessThanOrEqual(5)
    const unchanged = await runTo(0, ['deploy', '--env', 'prod'], place)
    expect(unchanged.stdout).toBe(`${name}: nothing to deploy, live is on version 1\n`)

    await change(project, fn)
    const alarm = await sandbox().alarm(`${fn.name}-refused`)
    const steps = ['--steps', '50', '--every', '1s', '--bake', '1s', '--alarm', alarm]
    const tried = await runTo(0, ['canary', name, '--env', 'prod', ...steps], place)
    expect(tried.stdout).toBe(`${name}: version 2 has 100% of live (before: 1)\n`)
    expect(await answerOf(sandbox(), fn)).toMatchObject({ text: 'two' })
    await runTo(0, ['rollback', name, '--env', 'prod'], place)
    await sandbox().expectAlias(fn.name, '1')
    expect(await answerOf(sandbox(), fn)).toMatchObject({ text: 'one' })
    expect(await configurationOf(sandbox(), fn)).toEqual(before)
    expect(await settingsOfVersion(sandbox(), fn, '2')).toEqual(await settingsOfVersion(sandbox(), fn, '1'))
  },
  120_000,
)

interface Written {
  functions: Record<string, unknown>
  environments: Record<string, unknown>
}

/** The answer that callers of the alias get. */
async function answerOf({ lambda }: TestSandbox, { name }: ForeignFunction): Promise<unknown> {
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: name, Qualifier: 'live' }))
  return JSON.parse(Buffer.from(Payload ?? []).toString())
}

/** All that a version keeps beside its code. */
async function settingsOfVersion({ lambda }: TestSandbox, { name }: ForeignFunction, version: string) {
  const asked = { FunctionName: name, Qualifier: version }
  const { Configuration = {} } = await lambda.send(new GetFunctionCommand(asked))
  const own = /^(?:Code.*|LastModified|RevisionId|Version|FunctionArn|Description)$/
  return Object.fromEntries(Object.entries(Configuration).filter(([field]) => !own.test(field)))
}
