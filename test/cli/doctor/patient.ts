import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import type { Diagnosis, Examination } from '../../../src/workflows/doctor.ts'
import { type Place, runTo } from '../cli.ts'
import type { TestSandbox } from '../sandbox.ts'
import { writeFiles } from '../service.ts'

export const lambdaName = 'sick-hello-test'
export const healthy = {
  service: 'sick',
  functions: {
    hello: {
      source: 'hello',
      runtime: 'nodejs24.x',
      handler: 'index.handler',
      bundle: false,
      timeout: '5s',
      logs: { retention: '30d', format: 'json' },
      tracing: 'active',
      release: { alarms: ['sick-errors'], bake: '0s' },
    },
  },
  environments: { test: { region: 'eu-west-1', role: 'arn:aws:iam::000000000000:role/app' } },
}

/** A service of one function with nothing to find. */
export class Patient {
  readonly place: Place
  private readonly folder: string

  constructor(folder: string, sandbox: TestSandbox) {
    this.folder = folder
    this.place = sandbox.place({ folder })
  }

  async write(file: unknown): Promise<void> {
    await writeFiles(this.folder, { 'lambdactl.yaml': stringify(file) })
  }

  /** Lays fields over those of the file. */
  async lay(fields: unknown): Promise<void> {
    const file: unknown = parse(await readFile(join(this.folder, 'lambdactl.yaml'), 'utf8'))
    await this.write(merged(file, fields))
  }

  async run(command: string): Promise<string> {
    const { stdout } = await runTo(0, command.split(' ').slice(1), this.place)
    return stdout
  }

  /** All that warns or fails. */
  async findings(): Promise<Diagnosis[]> {
    const { checks, functions } = JSON.parse(
      await this.run('lambdactl doctor --env test --json'),
    ) as Examination
    return [...checks, ...functions.flatMap((each) => each.checks)].filter(({ outcome }) =>
      ['warn', 'fail'].includes(outcome),
    )
  }

  /** Does what a finding says: lines go into the file, commands of lambdactl are run. */
  async mend({ mends = [] }: Diagnosis): Promise<string[]> {
    const others: string[] = []
    for (const { language, text } of mends) {
      if (language === 'yaml') await this.lay(parse(text))
      else if (text.startsWith('lambdactl ')) await this.run(text)
      else others.push(text)
    }
    return others
  }
}

function merged(below: unknown, above: unknown): unknown {
  if (!isMap(below) || !isMap(above)) return above
  const both = Object.entries(above).map(([key, value]) => [key, merged(below[key], value)])
  return { ...below, ...Object.fromEntries(both) }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
