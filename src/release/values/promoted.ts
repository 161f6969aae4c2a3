/** The version of another environment whose code a release has. */
export interface Promoted {
  readonly environment: string
  readonly lambdaName: string
  readonly version: string
}

/** `version 7 of shop-checkout-staging, from staging` */
export function promotedWords({ environment, lambdaName, version }: Promoted): string {
  return `version ${version} of ${lambdaName}, from ${environment}`
}
