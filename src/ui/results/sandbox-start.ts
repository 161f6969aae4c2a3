import { sandboxPort } from '../../errors/loopback.ts'

/** The access to a running sandbox. */
export interface ReadySandbox {
  url: string
  account: string
  accessKey: string
  /** Whether handlers are kept from the user's credentials and other processes. */
  handlersApart: boolean
  pid: number
  /** How much faster than real time its clock runs. */
  speed: number
  /** The file where lambdactl finds the key by itself; absent if there is none. */
  keyFile?: string
  /** The log of a sandbox in the background; absent for others. */
  log?: string
}

/** Shown if the system has no wall for handlers. */
export const notApart =
  "note: on this system lambdactl can't isolate handlers, so they can read your files and the variables of your processes."

/** The ways to use and to stop a sandbox: the variables for a shell, the environment for lambdactl.yaml. */
export function sandboxText(sandbox: ReadySandbox): string {
  const { url, accessKey, keyFile } = sandbox
  return [
    ...whereabouts(sandbox),
    '',
    'In a shell, for lambdactl and every other AWS client:',
    `  export AWS_ENDPOINT_URL=${url}`,
    // A file from init has the default port, and the file wins over AWS's variables.
    ...(url.endsWith(`:${sandboxPort}`) ? [] : [`  export LAMBDACTL_ENDPOINT_URL=${url}`]),
    '  export AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1',
    `  export AWS_ACCESS_KEY_ID=${accessKey}`,
    `  export AWS_SECRET_ACCESS_KEY=${accessKey}`,
    '',
    ...(keyFile === undefined
      ? [
          'Or in lambdactl.yaml, with the two access keys still exported, since no file could be written that only this user can read:',
        ]
      : ['Or in lambdactl.yaml, and lambdactl needs no export:']),
    '  environments:',
    '    sandbox:',
    '      region: eu-west-1',
    `      endpoint: "${url}"`,
    '      role: arn:aws:iam::000000000000:role/sandbox',
  ].join('\n')
}

function whereabouts({ url, pid, speed, log }: ReadySandbox): string[] {
  const fast = speed === 1 ? [] : [`Its clock runs ${speed} times faster than real time.`]
  if (log === undefined) {
    return [`The sandbox is at ${url}, for this user only. Interrupt (Ctrl-C) to stop it.`, ...fast]
  }
  return [
    `The sandbox is at ${url}, for this user only, in the background.`,
    ...fast,
    `  process:     ${pid}`,
    `  stop it:     lambdactl sandbox stop --port ${URL.parse(url)?.port ?? ''}`,
    '  look at it:  lambdactl sandbox status',
    `  its log:     ${log}`,
  ]
}
