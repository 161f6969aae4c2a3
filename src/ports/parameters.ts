export interface Parameter {
  value: string
  /** Whether it is a SecureString. */
  isSecure: boolean
}

/** Values outside of `lambdactl.yaml`: SSM parameters and secrets, decrypted. */
export interface Parameters {
  /** Parameters by the requested names; missing ones are left out. */
  parameters(names: readonly string[]): Promise<ReadonlyMap<string, Parameter>>
  /** A secret's text; undefined if it does not exist or is binary. */
  secret(id: string): Promise<string | undefined>
}
