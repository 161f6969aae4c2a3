/** The services that lambdactl calls, by the ids that AWS's SDKs and shared configuration know them by. */
export const services = [
  'Lambda',
  'STS',
  'S3',
  'CloudWatch',
  'CloudWatch Logs',
  'SSM',
  'Secrets Manager',
] as const

export type Service = (typeof services)[number]

/** Where each service is; one that isn't there is where AWS has it. */
export type Endpoints = Partial<Record<Service, string | undefined>>
