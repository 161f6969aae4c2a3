/** A running sandbox and how to reach it. */
export interface ShownSandbox {
  url: string
  accessKey: string
  /** Where lambdactl finds the key by itself; undefined where it does not. */
  keyFile: string | undefined
}

/** Said where the system has no wall for handlers. */
export const notApart =
  'note: this system does not let lambdactl keep handlers apart, so they can read your files and the variables of your processes.'

/** How to use a sandbox: the variables for a shell, the environment for lambdactl.yaml. */
export function sandboxText({ url, accessKey, keyFile }: ShownSandbox): string {
  return [
    `The sandbox is at ${url}, for this user only. Interrupt (Ctrl-C) to stop it.`,
    '',
    'In a shell, for lambdactl and every other AWS client:',
    `  export AWS_ENDPOINT_URL=${url}`,
    // A file that init wrote has the usual port, and a file beats AWS's variables.
    ...(url.endsWith(':4510') ? [] : [`  export LAMBDACTL_ENDPOINT_URL=${url}`]),
    '  export AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1',
    `  export AWS_ACCESS_KEY_ID=${accessKey}`,
    `  export AWS_SECRET_ACCESS_KEY=${accessKey}`,
    '',
    keyFile === undefined
      ? 'Or in lambdactl.yaml, with the two access keys still exported (no file could be left where only this user reads it):'
      : 'Or in lambdactl.yaml, and lambdactl needs no export:',
    '  environments:',
    `    sandbox: {region: eu-west-1, endpoint: "${url}", role: "arn:aws:iam::000000000000:role/any"}`,
  ].join('\n')
}
