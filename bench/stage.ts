import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Hand, hand } from './hand.ts'
import { ownVariables, type Processes, processes } from './processes.ts'
import { type WatchingProxy, watchingProxy } from './watching-proxy.ts'

/** A sandbox behind a proxy, with functions on version 1; each has an alarm of its own name. */
export interface Stage {
  processes: Processes
  proxy: WatchingProxy
  hand: Hand
  /** The place of the configuration; programs run here. */
  folder: string
  /** The variables of a program that asks the sandbox itself, past the proxy. */
  direct: NodeJS.ProcessEnv
  /** The functions' names in the configuration. */
  names: readonly string[]
  /** A function's name in Lambda. */
  lambdaName(name: string): string
}

const region = 'eu-west-1'
const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' }

/** Sets the stage, lets it be played on, and clears it away whatever happens. */
export async function onStage(count: number, play: (stage: Stage) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lambdactl-bench-'))
  const env: NodeJS.ProcessEnv = {
    AWS_REGION: region,
    // The AWS CLI reads only this one.
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  }
  const started = processes(folder, env)
  const open: { close(): void }[] = []
  // Without its programs the play fails, and is cleared away.
  const interrupt = () => void started.end()
  process.once('SIGINT', interrupt)
  try {
    const sandbox = await started.sandbox()
    const proxy = await watchingProxy(sandbox)
    env['AWS_ENDPOINT_URL'] = proxy.url
    const client = hand({ endpoint: proxy.url, region, credentials })
    open.push(proxy, client)
    const names = Array.from({ length: count }, (_, index) => `canary${index + 1}`)
    await setUp(folder, names, started, client)
    const direct = { ...ownVariables(), ...env, AWS_ENDPOINT_URL: sandbox }
    await play({ processes: started, proxy, hand: client, folder, direct, names, lambdaName })
  } finally {
    process.off('SIGINT', interrupt)
    await started.end()
    for (const each of open) each.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function lambdaName(name: string): string {
  return `bench-${name}-sandbox`
}

async function setUp(
  folder: string,
  names: readonly string[],
  programs: Processes,
  client: Hand,
): Promise<void> {
  await mkdir(join(folder, 'hello'))
  await writeFile(join(folder, 'hello', 'index.mjs'), 'export const handler = async () => 1\n')
  await writeFile(join(folder, 'lambdactl.yaml'), configuration(names))
  await programs.cli(0, ['deploy', '--env', 'sandbox'], { RUN: 'first' })
  for (const name of names) {
    await client.makeAlarm(name)
    await client.setAlarm(name, 'OK')
  }
}

/** Another value of the variable RUN makes another version. */
function configuration(names: readonly string[]): string {
  const functions = names.map(
    (name) => `  ${name}:
    source: hello
    runtime: nodejs24.x
    handler: index.handler
    bundle: false
    environment: {RUN: "\${env:RUN}"}
    release: {steps: [10], every: 10m}
`,
  )
  return `service: bench
functions:
${functions.join('')}environments:
  sandbox: {region: ${region}, role: "arn:aws:iam::000000000000:role/bench"}
`
}
