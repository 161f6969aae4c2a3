/** The services that lambdactl calls, by their ids in AWS's SDKs and shared configuration. */
export const services = [
  'Lambda',
  'STS',
  'S3',
  'CloudWatch',
  'CloudWatch Logs',
  'SSM',
  'Secrets Manager',
  'CloudFormation',
  'Resource Groups Tagging API',
  'Application Auto Scaling',
  'SQS',
  'SNS',
  'EventBridge',
  'Kinesis',
  'DynamoDB',
  'ApiGatewayV2',
  'SFN',
  'IAM',
] as const

export type Service = (typeof services)[number]

/** The endpoint of each service; a missing service uses AWS's own. */
export type Endpoints = Partial<Record<Service, string | undefined>>
