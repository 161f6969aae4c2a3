import { chmod, cp, symlink } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { skipped, startClient } from '../../clients/programs.ts'
import { fixtures } from '../../iac/fixtures.ts'
import { temporaryFolder, writeFiles } from '../service.ts'

/** The program of a tool, and the folder that it writes. */
export interface ToolProgram {
  name: string
  args: readonly string[]
  output: string
}

/** A project of a fixture: its sources are those of `one`, until `change` brings those of `two`. */
export interface ToolProject {
  folder: string
  PATH: string
  /** Has the tool write its output. */
  build(program: ToolProgram): Promise<void>
  change(): Promise<void>
}

/** A folder with the tools, which the tests then run; README.md of the fixtures says how it is made. */
const tools = process.env['LAMBDACTL_TEST_TOOLS']

/** @param name the fixture's, below `fixtures/whole` */
export async function toolProject(name: string, program: ToolProgram | undefined): Promise<ToolProject> {
  const folder = await temporaryFolder()
  const fixture = join(fixtures, 'whole', name)
  const isSource = (path: string) => !/[/\\](?:one|two)(?:[/\\]|$)/.test(path.slice(fixture.length))
  await cp(fixture, folder, { recursive: true, filter: isSource })
  const bring = (version: string) =>
    cp(join(fixture, version), folder, { recursive: true, filter: isNoOutput })
  const isNoOutput = (path: string) => !/[/\\](?:cdk\.out|\.serverless|\.aws-sam)$/.test(path)
  await bring('one')
  const bin = join(folder, 'node_modules', '.bin')
  const PATH = [bin, process.env['PATH']].join(delimiter)
  if (program) await install(program, folder, fixture)
  return {
    folder,
    PATH,
    change: () => bring('two'),
    async build({ name: tool, args }) {
      const env = { ...process.env, PATH, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' }
      const { exitCode, stdout, stderr } = await startClient(join(bin, tool), args, { cwd: folder, env })
        .ended
      if (exitCode !== 0) throw new Error(`${tool} ${args.join(' ')}: ${stdout}\n${stderr}`)
    },
  }
}

async function install(program: ToolProgram, folder: string, fixture: string): Promise<void> {
  const { name } = program
  if (tools !== undefined && name !== 'sam') {
    await symlink(join(tools, 'node_modules'), join(folder, 'node_modules'))
    return
  }
  skipped(`${name} itself`, 'no LAMBDACTL_TEST_TOOLS names a folder with it; its recorded output is used')
  await writeFiles(folder, { [`node_modules/.bin/${name}`]: replay(program, fixture) })
  await chmod(join(folder, 'node_modules/.bin', name), 0o755)
}

/** A program that writes the output that the tool wrote of the same sources; it fails for others. */
function replay({ output }: ToolProgram, fixture: string): string {
  return `#!/usr/bin/env node
import { cpSync, readFileSync, rmSync } from 'node:fs'
const fixture = ${JSON.stringify(fixture)}
const source = readFileSync('pay/index.mjs', 'utf8')
const made = ['one', 'two'].find((each) => readFileSync(fixture + '/' + each + '/pay/index.mjs', 'utf8') === source)
if (made === undefined) throw new Error('there is no output of these sources')
rmSync('${output}', { recursive: true, force: true })
cpSync(fixture + '/' + made + '/${output}', '${output}', { recursive: true })
`
}
