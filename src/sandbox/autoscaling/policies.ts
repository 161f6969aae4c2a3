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
import { namedAlarms, putAlarms, removeAlarms } from './policy-alarms.ts'
import {
  dimension,
  namedWords,
  notFound,
  type Policy,
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
    DeleteScalingPolicy: (input: DeleteScalingPolicyRequest, call) => remove(scalings, input, call),
    DescribeScalingPolicies: accepting<DescribeScalingPoliciesRequest>(
      ['ServiceNamespace', 'ResourceId', 'ScalableDimension', 'PolicyNames', 'MaxResults', 'NextToken'],
      (input, call) => describe(scalings, input, call),
    ),
  }
}

async function put(
  scalings: Scalings,
  input: PutScalingPolicyRequest,
  call: Call,
): Promise<PutScalingPolicyResponse> {
  const [key, target] = requireTarget(scalings, call, input)
  const { PolicyName: name = '', PolicyType: type = 'StepScaling' } = input
  const tracking = input.TargetTrackingScalingPolicyConfiguration
  checkTracking(input)
  const known = scalings.policies.get(`${key} ${name}`)
  const of = `resource/lambda/${target.resource}:policyName/${name}`
  const arn = known?.arn ?? policyArn(call, 'scalingPolicy', randomUUID(), of)
  const configuration =
    type === 'TargetTrackingScaling'
      ? { TargetTrackingScalingPolicyConfiguration: tracking }
      : { StepScalingPolicyConfiguration: input.StepScalingPolicyConfiguration }
  const created = known?.created ?? scalings.clock()
  const policy: Policy = { target: key, name, arn, type, configuration, created }
  await putAlarms(scalings, policy, target, known)
  scalings.policies.set(`${key} ${name}`, policy)
  return { PolicyARN: arn, Alarms: namedAlarms(policy, target) }
}

async function remove(scalings: Scalings, input: DeleteScalingPolicyRequest, call: Call): Promise<object> {
  const key = targetKey(call, input)
  const policy = scalings.policies.get(`${key} ${input.PolicyName}`)
  const target = scalings.targets.get(key)
  if (!policy || !target) {
    throw notFound(`No scaling policy found for ${namedWords(input)}, policy name: ${input.PolicyName}`)
  }
  await removeAlarms(scalings, policy, target)
  scalings.policies.delete(`${key} ${input.PolicyName}`)
  return {}
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

function describe(
  scalings: Scalings,
  input: DescribeScalingPoliciesRequest,
  { region }: Call,
): DescribeScalingPoliciesResponse {
  const asked = { ...input, names: input.PolicyNames }
  const { items, next } = described(scalings, scalings.policies, { region, asked, usual: 10 })
  return {
    ScalingPolicies: items.map(({ item: policy, target }) => ({
      PolicyARN: policy.arn,
      PolicyName: policy.name,
      ServiceNamespace: 'lambda',
      ResourceId: target.resource,
      ScalableDimension: dimension,
      PolicyType: policy.type,
      ...policy.configuration,
      Alarms: namedAlarms(policy, target),
      CreationTime: new Date(policy.created),
    })),
    ...(next !== undefined && { NextToken: next }),
  }
}
