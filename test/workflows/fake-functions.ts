import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { FunctionSettings } from '../../src/function/settings/settings.ts'
import type {
  Code,
  FunctionState,
  Functions,
  InvocationResult,
  PublishedVersion,
} from '../../src/ports/functions.ts'
import { awsError, type Calls } from './calls.ts'
import type { FakeClock } from './fake-clock.ts'

export interface FakeFunctions extends Functions {
  /** The uploaded zips, by their SHA-256 in base64. */
  zips: Map<string, Uint8Array>
  /** By `name` for $LATEST and `name:version`. */
  state: Map<string, FunctionState>
  /** Lambda's reason when the next updates fail; undefined: they succeed. */
  failWith: string | undefined
  /** Bytes by ARN. */
  layers: Record<string, number>
  answer: InvocationResult
  invoked: { name: string; qualifier: string | undefined; payload: string }[]
  /** Somebody else starts an update that takes a while. */
  updateByHand(name: string, change: Partial<FunctionSettings>): void
}

/** How long an update takes, milliseconds. */
const updateMs = 1500

/** Functions whose updates take a while, with revisions and immutable versions. */
export function fakeFunctions(clock: FakeClock, calls: Calls): FakeFunctions {
  const state = new Map<string, FunctionState>()
  const zips = new Map<string, Uint8Array>()
  const upload = (code: Code) => {
    if ('zip' in code) zips.set(sha256(code), code.zip)
    return sha256(code)
  }
  const busyUntil = new Map<string, number>()
  let revision = 0
  const nextRevision = () => `function-${(revision += 1)}`

  const settle = (name: string) => {
    const found = state.get(name)
    if (found?.status !== 'changing' || clock.now() < (busyUntil.get(name) ?? 0)) return found
    const failed = fake.failWith !== undefined
    const settled: FunctionState = {
      ...found,
      status: failed ? 'failed' : 'ready',
      statusReason: fake.failWith,
      revisionId: nextRevision(),
    }
    state.set(name, settled)
    return settled
  }
  const change = (name: string, changes: Partial<FunctionState>) => {
    const found = state.get(name)
    if (!found) throw awsError('NOT_FOUND', `Function not found: ${name}`)
    busyUntil.set(name, clock.now() + updateMs)
    const lastModified = new Date(clock.now()).toISOString()
    state.set(name, { ...found, ...changes, lastModified, status: 'changing', revisionId: nextRevision() })
    return lastModified
  }
  const requireIdle = (name: string, revisionId: string) => {
    const found = settle(name)
    if (found?.status === 'changing') throw awsError('CONFLICT', `An update is in progress for ${name}`)
    if (found?.revisionId !== revisionId) throw awsError('CONFLICT', 'The Revision Id does not match')
  }

  const fake: FakeFunctions = {
    all: () =>
      calls.perform('functions.all', () =>
        [...state.values()]
          .filter(({ version }) => version === '$LATEST')
          .map(({ name, settings, lastModified }) => ({ name, runtime: settings.runtime, lastModified })),
      ),
    delete: (name) => calls.perform('functions.delete', () => void state.delete(name)),
    names: () =>
      calls.perform('functions.names', () => [...state.keys()].filter((name) => !name.includes(':'))),
    state,
    zips,
    failWith: undefined,
    layers: {},
    answer: { payload: '{}', version: '1', functionError: undefined, logTail: '' },
    invoked: [],
    updateByHand: (name, settings) => {
      const found = state.get(name)
      if (found) change(name, { settings: { ...found.settings, ...settings } })
    },
    get: (name, qualifier) =>
      calls.perform('functions.get', () => settle(qualifier === undefined ? name : `${name}:${qualifier}`)),
    create: (name, settings, code) =>
      calls.perform('functions.create', () => {
        state.set(name, newFunction(name, settings))
        change(name, { codeSha256: upload(code) })
      }),
    updateCode: (name, { architecture, sourceKmsKey }, code, revisionId) =>
      calls.perform('functions.updateCode', () => {
        requireIdle(name, revisionId)
        const of = sourceKmsKey ? { architecture, sourceKmsKey } : { architecture }
        const settings = { ...settingsOf(state, name), ...of }
        change(name, { codeSha256: upload(code), settings })
      }),
    updateSettings: (name, changed, revisionId) =>
      calls.perform('functions.updateSettings', () => {
        requireIdle(name, revisionId)
        return change(name, { settings: { ...settingsOf(state, name), ...changed } })
      }),
    code: (name, qualifier) =>
      calls.perform('functions.code', () => {
        const isLatest = qualifier === undefined || qualifier === '$LATEST'
        const found = state.get(isLatest ? name : `${name}:${qualifier}`)
        const zip = zips.get(found?.codeSha256 ?? '')
        if (!zip) throw awsError('NOT_FOUND', `Function not found: ${name}`)
        return zip
      }),
    publish: (name, { codeSha256, revisionId, description }) =>
      calls.perform('functions.publish', () => {
        requireIdle(name, revisionId)
        const latest = state.get(name)
        if (!latest || latest.codeSha256 !== codeSha256) throw awsError('AWS_REFUSED', 'CodeSHA256 differs')
        const same = newestVersion(state, latest)
        if (same) return toPublished(same)
        const version = String([...state.keys()].filter((key) => key.startsWith(`${name}:`)).length + 1)
        const settings = { ...latest.settings, description }
        state.set(`${name}:${version}`, { ...latest, version, settings })
        return toPublished({ ...latest, version, settings })
      }),
    layerBytes: (arn) => calls.perform('functions.layerBytes', () => fake.layers[arn] ?? 0),
    layerZip: (arn) => calls.perform('functions.layerZip', () => zips.get(arn) ?? new Uint8Array()),
    versions: (name) =>
      calls.perform('functions.versions', () =>
        [...state.values()]
          .filter((one) => one.name === name && one.version !== '$LATEST')
          .map(toPublished)
          .toReversed(),
      ),
    invoke: (name, qualifier, payload) =>
      calls.perform('functions.invoke', () => {
        fake.invoked.push({ name, qualifier, payload: Buffer.from(payload).toString('utf8') })
        return fake.answer
      }),
  }
  return fake
}

function newFunction(name: string, settings: FunctionSettings): FunctionState {
  return {
    name,
    arn: `arn:aws:lambda:eu-west-1:123456789012:function:${name}`,
    version: '$LATEST',
    settings,
    codeSha256: '',
    revisionId: '',
    lastModified: '',
    status: 'changing',
    statusReason: undefined,
    logGroup: `/aws/lambda/${name}`,
  }
}

/** The newest version, when $LATEST has not changed since: publishing gives that one again. */
function newestVersion(state: FakeFunctions['state'], latest: FunctionState): FunctionState | undefined {
  const newest = [...state.values()].findLast(
    ({ name, version }) => name === latest.name && version !== '$LATEST',
  )
  if (newest?.codeSha256 !== latest.codeSha256) return undefined
  const { description } = latest.settings
  return isDeepStrictEqual({ ...newest.settings, description }, latest.settings) ? newest : undefined
}

function toPublished({ version, settings, codeSha256 }: FunctionState): PublishedVersion {
  const { description } = settings
  return { version, description, codeSha256, published: '2026-11-21T10:00:00.000+0000' }
}

/** A function as it is before any test changes it. */
export function readyFunction(name: string): FunctionState {
  const settings = {
    runtime: 'python3.14',
    handler: 'app.handler',
    role: 'role',
    memoryMb: 128,
    timeoutSeconds: 3,
    environment: {},
    architecture: 'arm64',
    logFormat: 'text',
    layers: [],
    description: '',
  } as const
  return { ...newFunction(name, settings), revisionId: 'r1', status: 'ready' }
}

function settingsOf(state: FakeFunctions['state'], name: string): FunctionSettings {
  const found = state.get(name)
  if (!found) throw awsError('NOT_FOUND', `Function not found: ${name}`)
  return found.settings
}

/** Objects in S3 are named by their digest. */
function sha256(code: Code): string {
  if ('image' in code) return code.image.slice(code.image.lastIndexOf(':') + 1)
  if ('zip' in code) return createHash('sha256').update(code.zip).digest('base64')
  const [digest = ''] = /[0-9a-f]{64}/.exec(code.s3.key) ?? []
  return Buffer.from(digest, 'hex').toString('base64')
}
