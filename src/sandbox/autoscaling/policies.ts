import { randomUUID } from 'node:crypto'
import type {
  DeleteScalingPolicyRequest,
  DescribeScalingPoliciesRequest,
  DescribeScalingPoliciesResponse,
  PutScalingPolicyRequest,
  PutScalingPolicyResponse,
} from '@aws-sdk/client-application-auto-scaling'
import { accepting } from '../protocol/accepting.ts'
import type { Call, Operations } from '../protocol/service.ts'
import { described } from './described.ts'
import {
  dimension,
  namedWords,
  notFound,
  policyArn,
  requireTarget,
  type Scalings,
  targetKey,
  validation,
} from './records.ts'

export function policyOperations(scalings: Scalings): Operations {
  return {
    PutScalingPolicy: accepting<PutScalingPolicyRequest>(
      [
        'PolicyName',
        'PolicyType',
        'ServiceNamespace',
        'ResourceId',
        'ScalableDimension',
        'TargetTrackingScalingPolicyConfiguration',
        'StepScalingPolicyConfiguration',
      ],
      (input, call) => put(scalings, input, call),
    ),
    DeleteScalingPolicy: (input: DeleteScalingPolicyRequest, call) => {
      if (scalings.policies.delete(`${targetKey(call, input)} ${input.PolicyName}`)) return {}
      throw notFound(`No scaling policy found for ${namedWords(input)}, policy name: ${input.PolicyName}`)
    },
    DescribeScalingPolicies: accepting<DescribeScalingPoliciesRequest>(
      ['ServiceNamespace', 'ResourceId', 'ScalableDimension', 'PolicyNames', 'MaxResults', 'NextToken'],
      (input, call) => describe(scalings, input, call),
    ),
  }
}

function put(scalings: Scalings, input: PutScalingPolicyRequest, call: Call): PutScalingPolicyResponse {
  const [target, { id, resource }] = requireTarget(scalings, call, input)
  const { PolicyName: name = '', PolicyType: type = 'StepScaling' } = input
  const tracking = input.TargetTrackingScalingPolicyConfiguration
  checkTracking(input)
  const key = `${target} ${name}`
  const known = scalings.policies.get(key)
  const of = `resource/lambda/${resource}:policyName/${name}`
  const arn = known?.arn ?? policyArn(call, 'scalingPolicy', randomUUID(), of)
  const configuration =
    type === 'TargetTrackingScaling'
      ? { TargetTrackingScalingPolicyConfiguration: tracking }
      : { StepScalingPolicyConfiguration: input.StepScalingPolicyConfiguration }
  const created = known?.created ?? scalings.clock()
  scalings.policies.set(key, { target, name, arn, type, configuration, created })
  return { PolicyARN: arn, Alarms: type === 'TargetTrackingScaling' ? alarmsOf(resource, id) : [] }
}

/** @throws ServiceError 400 */
function checkTracking({
  PolicyType,
  TargetTrackingScalingPolicyConfiguration: tracking,
}: PutScalingPolicyRequest) {
  if (PolicyType !== 'TargetTrackingScaling') return
  if (!tracking) throw validation('TargetTrackingScalingPolicyConfiguration cannot be null')
  const {
    TargetValue = 0,
    PredefinedMetricSpecification: predefined,
    CustomizedMetricSpecification: own,
  } = tracking
  if (!predefined === !own) {
    throw validation(
      'Exactly one of PredefinedMetricSpecification or CustomizedMetricSpecification must be specified',
    )
  }
  const metric = predefined?.PredefinedMetricType
  if (metric !== undefined && metric !== 'LambdaProvisionedConcurrencyUtilization') {
    throw validation(`Invalid metric type ${metric} for service namespace lambda`)
  }
  if (metric && (TargetValue < 0.1 || TargetValue > 0.9)) {
    throw validation('Target value must be between 0.1 and 0.9 for LambdaProvisionedConcurrencyUtilization')
  }
}

/** The two alarms that AWS would make; the sandbox makes none. */
function alarmsOf(resource: string, id: string): { AlarmName: string; AlarmARN: string }[] {
  return ['AlarmHigh', 'AlarmLow'].map((kind) => {
    const AlarmName = `TargetTracking-${resource}-${kind}-${id}`
    return { AlarmName, AlarmARN: `arn:aws:cloudwatch:::alarm:${AlarmName}` }
  })
}

function describe(
  scalings: Scalings,
  input: DescribeScalingPoliciesRequest,
  { region }: Call,
): DescribeScalingPoliciesResponse {
  const asked = { ...input, names: input.PolicyNames }
  const { items, next } = described(scalings, scalings.policies, { region, asked, usual: 10 })
  return {
    ScalingPolicies: items.map(({ item: policy, resource }) => ({
      PolicyARN: policy.arn,
      PolicyName: policy.name,
      ServiceNamespace: 'lambda',
      ResourceId: resource,
      ScalableDimension: dimension,
      PolicyType: policy.type,
      ...policy.configuration,
      CreationTime: new Date(policy.created),
    })),
    ...(next !== undefined && { NextToken: next }),
  }
}
