/** Somebody who wants to assume a role. */
export interface Principal {
  kind: 'AWS' | 'Service' | 'Federated'
  /** The ARN of a caller, the name of a service such as `lambda.amazonaws.com`, or the host of an issuer of tokens. */
  name: string
  /** As in `sts:AssumeRole`. */
  action: string
  externalId?: string | undefined
  /** The ARN for which a service assumes the role, as `aws:SourceArn` has it; its account is `aws:SourceAccount`. */
  source?: string
  /** Of a token. */
  claims?: Readonly<Record<string, string>>
}

/** Tells whether a principal may assume the role of an ARN. */
export type MayAssume = (roleArn: string, principal: Principal) => boolean
