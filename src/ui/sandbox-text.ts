/** How to use a sandbox: the variables for a shell, the environment for lambdactl.yaml. */
export function sandboxText(url: string): string {
  return [
    `The sandbox is at ${url}. Interrupt (Ctrl-C) to stop it.`,
    '',
    'In a shell, for lambdactl and every other AWS client:',
    `  export AWS_ENDPOINT_URL=${url}`,
    '  export AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1',
    '  export AWS_ACCESS_KEY_ID=sandbox',
    '  export AWS_SECRET_ACCESS_KEY=sandbox',
    '',
    'Or in lambdactl.yaml, with the two access keys still exported:',
    '  environments:',
    `    sandbox: {region: eu-west-1, endpoint: "${url}"}`,
  ].join('\n')
}
