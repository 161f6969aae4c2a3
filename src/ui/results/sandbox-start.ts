import { sandboxPort } from '../../errors/loopback.ts'

/** How to reach a sandbox that runs. */
export interface ReadySandbox {
  url: string
  account: string
  accessKey: string
  /** Whether handlers are kept from the user's credentials and other processes. */
  handlersApart: boolean
  pid: number
  /** Where lambdactl finds the key by itself; absent where it does not. */
  keyFile?: string
  /** The file that one in the background writes to; absent for others. */
  log?: string
}

/** Said where the system has no wall for handlers. */
export const notApart =
  'note: this system does not let lambdactl keep handlers apart, so they can read your files and the variables of your processes.'

/** How to use a sandbox and how to stop it: the variables for a shell, the environment for lambdactl.yaml. */
export function sandboxText(sandbox: ReadySandbox): string {
  const { url, accessKey, keyFile } = sandbox
  return [
    ...whereabouts(sandbox),
    '',
    'In a shell, for lambdactl and every other AWS client:',
    `  export AWS_ENDPOINT_URL=${url}`,
    // A file that init wrote has the usual port, and a file beats AWS's variables.
    ...(url.endsWith(`:${sandboxPort}`) ? [] : [`  export LAMBDACTL_ENDPOINT_URL=${url}`]),
    '  export AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1',
    `  export AWS_ACCESS_KEY_ID=${accessKey}`,
    `  export AWS_SECRET_ACCESS_KEY=${accessKey}`,
    '',
    ...(keyFile === undefined
      ? [
          'Or in lambdactl.yaml, with the two access keys still exported, since no file could be left where only this user reads it:',
        ]
      : ['Or in lambdactl.yaml, and lambdactl needs no export:']),
    '  environments:',
    '    sandbox:',
    '      region: eu-west-1',
    `      endpoint: "${url}"`,
    '      role: arn:aws:iam::000000000000:role/sandbox',
  ].join('\n')
}

function whereabouts({ url, pid, log }: ReadySandbox): string[] {
  if (log === undefined) {
    return [`The sandbox is at ${url}, for this user only. Interrupt (Ctrl-C) to stop it.`]
  }
  return [
    `The sandbox is at ${url}, for this user only, in the background.`,
    `  process:     ${pid}`,
    `  stop it:     lambdactl sandbox stop --port ${URL.parse(url)?.port ?? ''}`,
    '  look at it:  lambdactl sandbox status',
    `  its log:     ${log}`,
  ]
}
