import { LambdactlError } from '../../errors/error.ts'
import type { Aws } from '../../ports/aws.ts'

/** The calls by port that only a function's own tool makes; the first argument of each is the function or its name. */
const others = {
  functions: ['create', 'delete', 'updateSettings'],
  concurrency: ['reserve', 'unreserve'],
  attachments: [
    'setAsyncInvocation',
    'createUrl',
    'updateUrl',
    'deleteUrl',
    'makePublic',
    'makePrivate',
    'tag',
    'untag',
    'setRecursion',
    'setCodeSigning',
    'setRuntimeUpdates',
  ],
  triggers: ['point', 'grant'],
  scaling: ['register', 'track', 'schedule', 'unschedule', 'deregister'],
} as const satisfies { [Port in keyof Aws]?: readonly (keyof Aws[Port])[] }

/** A function of which lambdactl may change the code alone, if `codeOnly` is there. */
interface Owned {
  readonly lambdaName: string
  readonly codeOnly?: { readonly provisions: boolean }
}

type Call = (of: string | Pick<Owned, 'lambdaName'>, ...more: unknown[]) => Promise<unknown>

/**
 * Takes the calls that change a function of another tool out of AWS, for the functions that lambdactl.yaml says so of.
 * No command makes one; a mistake ends as a BUG, and AWS is not called.
 */
export function withoutOthersCalls(aws: Aws, functions: readonly Owned[]): Aws {
  const owned = new Map(
    functions.flatMap(({ lambdaName, codeOnly }) => (codeOnly ? [[lambdaName, codeOnly]] : [])),
  )
  if (owned.size === 0) return aws
  const isOwned = (name: string) => owned.has(name)
  const isKept = (name: string, qualifier: unknown) =>
    owned.has(name) && !(owned.get(name)?.provisions && /^\d+$/.test(String(qualifier)))
  return {
    ...aws,
    functions: refusing(aws.functions, others.functions, isOwned),
    attachments: refusing(aws.attachments, others.attachments, isOwned),
    triggers: refusing(aws.triggers, others.triggers, isOwned),
    scaling: refusing(aws.scaling, others.scaling, isOwned),
    concurrency: refusing(
      refusing(aws.concurrency, others.concurrency, isOwned),
      ['provision', 'unprovision'],
      isKept,
    ),
  }
}

function refusing<Port extends object>(
  port: Port,
  calls: readonly (keyof Port & string)[],
  isRefused: (name: string, ...more: unknown[]) => boolean,
): Port {
  const guarded = calls.map((call): [string, Call] => {
    const made = (port[call] as Call).bind(port)
    const guard: Call = (of, ...more) => {
      const name = typeof of === 'string' ? of : of.lambdaName
      return isRefused(name, ...more) ? refuse(call, name) : made(of, ...more)
    }
    return [call, guard]
  })
  return { ...port, ...Object.fromEntries<Call>(guarded) }
}

function refuse(call: string, name: string): Promise<never> {
  return Promise.reject(
    new LambdactlError(
      'BUG',
      `lambdactl was about to call ${call} for ${name}, which belongs to the tool that makes this function (manages: code); the call was not made.`,
    ),
  )
}
