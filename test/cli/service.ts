import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, onTestFinished } from 'vitest'

const newFolder = async () => realpath(await mkdtemp(join(tmpdir(), 'lambdactl-cli-')))

/** A folder of its own, removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await newFolder()
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Makes something of a service once for all tests of a file, when the first one asks; they only read it. */
export function madeOnce<Made>(make: (service: Service) => Promise<Made>): () => Promise<Made> {
  let folder: string | undefined
  let made: Promise<Made> | undefined
  const begin = async () => {
    folder = await newFolder()
    return make(await makeService(folder))
  }
  afterAll(async () => {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  })
  return () => {
    made ??= begin()
    return made
  }
}

/** Writes files into a folder; paths are relative to it. */
export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string | Buffer>>,
): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
  }
}

/** A service with one function, `hello`, in the environment `test`. */
export interface Service {
  folder: string
  /** The function's name in Lambda. */
  lambdaName: string
  write(files: Readonly<Record<string, string | Buffer>>): Promise<void>
  /** Writes another version of the handler. */
  writeHandler(text: string): Promise<void>
  /** Writes other release settings beside the smoke event, as in `alarms: [one]`. */
  writeRelease(release: string): Promise<void>
  /** Writes other fields of the environment. */
  writeEnvironment(environment: string): Promise<void>
  /** Writes another log group of the function. */
  writeGroup(group: string): Promise<void>
  /** Writes another field of the function, as in `alarms: true`. */
  writeField(field: string): Promise<void>
  /** Writes a second function, as in `other: {source: other, …}`. */
  writeFunction(more: string): Promise<void>
}

let count = 0

/** A handler that answers with a text and logs the name in its event. */
export function answering(text: string): string {
  return `export const handler = async ({ name = 'nobody' }) => {
  console.log('greeting', name)
  return { text: ${JSON.stringify(text)}, name }
}
`
}

/** A line that fails at the start of an environment, and not where the handler is loaded before it is uploaded. */
export const crashingInLambda = "if (process.env['AWS_LAMBDA_RUNTIME_API']) throw new Error('no table')"

/** A handler that starts, and fails for every event but the smoke event. */
export const failing = `export const handler = async (event) => {
  if (event.smoke) return 'alive'
  throw new Error('no price')
}
`

/**
 * One Node function, packed as it is; each service has a name of its own, so that a file's tests share a sandbox.
 *
 * @param own its folder; one that is removed after the test by default
 */
export async function makeService(own?: string): Promise<Service> {
  const folder = own ?? (await temporaryFolder())
  const parts: Parts = { service: `shop${(count += 1)}`, release: '', environment: '', fields: '', more: '' }
  const write = (files: Readonly<Record<string, string | Buffer>>) => writeFiles(folder, files)
  const rewrite = (changed: Partial<Parts>) =>
    write({ 'lambdactl.yaml': configuration(Object.assign(parts, changed)) })
  const writeHandler = (text: string) => write({ 'hello/index.mjs': text })
  await writeHandler(answering('one'))
  await rewrite({})
  return {
    folder,
    lambdaName: `${parts.service}-hello-test`,
    write,
    writeHandler,
    writeRelease: (release) => rewrite({ release: `, ${release}` }),
    writeEnvironment: (environment) => rewrite({ environment: `, ${environment}` }),
    writeGroup: (group) => rewrite({ fields: `    logs: {group: ${group}}\n` }),
    writeField: (field) => rewrite({ fields: `    ${field}\n` }),
    writeFunction: (more) => rewrite({ more: `  ${more}\n` }),
  }
}

/** Additions to the configuration, in YAML's flow style. */
interface Parts {
  service: string
  release: string
  environment: string
  fields: string
  more: string
}

function configuration({ service, release, environment, fields, more }: Parts): string {
  return `service: ${service}
functions:
  hello:
    source: hello
    runtime: nodejs24.x
    handler: index.handler
    bundle: false
    timeout: 5s
    release: {smoke: {event: {smoke: true}}${release}}
${fields}${more}environments:
  test: {region: eu-west-1, role: "arn:aws:iam::000000000000:role/app"${environment}}
`
}
