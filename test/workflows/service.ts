import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ResolvedFunction } from '../../src/config/types.ts'
import { releaseFunction } from '../../src/workflows/release-function.ts'
import type { ReleaseOptions } from '../../src/workflows/run/release-options.ts'
import { target, type World } from './world.ts'

/** A small Python function in a temporary folder, outside any git. */
export interface Service extends AsyncDisposable {
  fn: ResolvedFunction
  /** Replaces its code. */
  write(code: string): Promise<void>
}

export async function service(): Promise<Service> {
  const source = await mkdtemp(join(tmpdir(), 'lambdactl-service-'))
  const write = (code: string) => writeFile(join(source, 'app.py'), code)
  await write('def handler(event, context):\n    return 1\n')
  const fn: ResolvedFunction = {
    name: target.function,
    lambdaName: target.lambdaName,
    manages: 'function',
    source,
    runtime: 'python3.14',
    handler: 'app.handler',
    bundle: false,
    load: false,
    role: 'arn:aws:iam::123456789012:role/shop',
    memoryMb: 512,
    timeoutSeconds: 10,
    environment: { TABLE: 'orders' },
    architecture: 'arm64',
    logFormat: 'json',
    layers: [],
    description: '',
    release: {
      strategy: 'canary',
      steps: [{ percent: 10 }, { percent: 50 }],
      everyMs: 60_000,
      bakeMs: 120_000,
      alarms: ['errors'],
      smoke: [],
    },
  }
  return { fn, write, [Symbol.asyncDispose]: () => rm(source, { recursive: true }) }
}

export const canary: ReleaseOptions = {
  strategy: 'canary',
  steps: [{ percent: 10 }, { percent: 50 }],
  everyMs: 60_000,
  bakeMs: 120_000,
  alarms: ['errors'],
  needsAlarm: true,
  dryRun: false,
  watch: true,
}

/** Releases the function for the first time, and forgets the calls and events of that. */
export async function deployed(made: World, { fn }: Service): Promise<void> {
  made.alarms = { errors: [[0, 'OK']] }
  await releaseFunction(made.run, target, fn, canary)
  made.calls.made.length = 0
  made.events.length = 0
  made.journal.length = 0
  made.aliases.updates.length = 0
}
