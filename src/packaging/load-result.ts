import { LambdactlError } from '../errors/error.ts'
import type { Interpreter } from './interpreter.ts'

export const loaded = { outcome: 'loaded' } as const

/** What a loader writes. */
export type LoadResult =
  | typeof loaded
  | { outcome: 'no-function'; got: string }
  | { outcome: 'failed'; kind: 'missing-module' | 'binary' | 'other'; module?: string | null; text: string }

/** What the verdict on a handler depends on beside what its loader says. */
export interface LoadFacts {
  readonly handler: string
  readonly interpreter: Interpreter
  /** Whether this machine is one that Lambda's binaries run on. */
  readonly isSameMachine: boolean
  readonly hasLayers: boolean
}

/**
 * What a person should know of a handler that was loaded, a sentence each. What may only be missing on this machine is
 * no error.
 *
 * @throws LambdactlError PACKAGE_INVALID for a handler that Lambda can't load either
 */
export function judgeLoad(result: LoadResult, facts: LoadFacts): string[] {
  const { handler, interpreter } = facts
  switch (result.outcome) {
    case 'loaded':
      return interpreter.isSameVersion ? [] : [`the handler was loaded by this machine's ${interpreter.name}`]
    case 'no-function':
      throw new LambdactlError(
        'PACKAGE_INVALID',
        `The handler ${handler} was loaded: expected a function, got ${result.got}.`,
        { next: ['Export it under that name, or correct handler: in lambdactl.yaml.', skip] },
      )
    case 'failed': {
      const excuse = excuseFor(result, facts)
      if (excuse)
        return [`the handler was not loaded, ${excuse}: ${result.text.trim().split('\n').at(-1)?.trim()}`]
      throw notLoaded(handler, "it can't be loaded, so Lambda couldn't start it", result.text)
    }
  }
}

/** The error for a module that fails while it is loaded, with the end of what it said. */
export function notLoaded(handler: string, why: string, text: string): LambdactlError {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return new LambdactlError(
    'PACKAGE_INVALID',
    [`The handler ${handler}: ${why}.`, ...lines.map((line) => `  ${line}`)].join('\n'),
    {
      next: [
        'Correct what it says; a module that is missing has to be in the package or in a layer.',
        `It was loaded without credentials and with no variables but the function's own: where it lacks only what Lambda has, skip this. ${skip}`,
      ],
    },
  )
}

const skip = 'Without loading it: --no-load.'

/** By the names that the AWS SDKs for JavaScript and Python have for it. */
const lacksCredentials = /^(?:\S+\.)?(?:CredentialsProviderError|NoCredentialsError): /m

/** Why a failure may be this machine's alone. */
function excuseFor(
  { kind, module, text }: Extract<LoadResult, { outcome: 'failed' }>,
  { interpreter, isSameMachine, hasLayers }: LoadFacts,
): string | undefined {
  if (kind === 'missing-module') {
    if (hasLayers) return 'since a layer may have what it imports'
    if (module && /^@(aws-sdk|smithy)\//.test(module))
      return "since the runtime's AWS SDK isn't on this machine"
    if (interpreter.name.startsWith('Node') && !module?.startsWith('node:')) return undefined
  }
  if (lacksCredentials.test(text)) return 'since it asks AWS for something, and has no credentials here'
  if (kind === 'binary' && !isSameMachine) return "since its binaries are for Lambda's machine"
  if (interpreter.isSameVersion) return undefined
  // A function of another version may need what this one lacks; its own failures can't be told apart from that.
  return kind === 'other' && !/SyntaxError|ImportError|AttributeError|ERR_UNKNOWN_BUILTIN/.test(text)
    ? undefined
    : `since this machine has ${interpreter.name}`
}
